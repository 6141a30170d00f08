"""The register, and who may read a denunciation."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from ansinh.access.models import Post
from ansinh.access.queries import stood_in_for
from ansinh.dossiers.models import Dossier
from ansinh.kernel.folding import fold
from ansinh.petitions.models import Kind, Petition, PetitionQuerySet
from ansinh.petitions.workflow import HEADS, RECEIVES, TOPS


def handled_by(post: Post, *, instead: Collection[int] = ()) -> Q:
    """Petitions this post handles: those it holds, all of its office for its heads, and those it took in while nobody holds them."""
    own = [post.pk, *instead]
    mine = Q(holder__in=own) | Q(holder=None, received_by__in=own)
    ours = Q(office=post.office_id) | Q(office__parent=post.office_id)
    if post.role in TOPS:
        return mine | ours
    return mine | ours & ~Q(kind=Kind.DENUNCIATION) if post.role in HEADS else mine


def may_register(post: Post) -> bool:
    """Whether the post takes petitions in at all."""
    return post.role in RECEIVES


def leads(post: Post, petition: Petition) -> bool:
    """Whether this post decides what becomes of it: a head of its office or of the body above; of a denunciation the top alone.

    Needs the office of the petition loaded.
    """
    is_ours = post.office_id in (petition.office_id, petition.office.parent_id)
    return is_ours and post.role in (TOPS if petition.is_guarded else HEADS)


def handles(post: Post, petition: Petition, *, instead: Collection[int] = ()) -> bool:
    """Whether this post handles it (see `handled_by`), or does the work of who does: `instead`, posts away. No query."""
    if leads(post, petition):
        return True
    mine = (post.pk, *instead)
    return petition.holder_id in mine or (petition.holder_id is None and petition.received_by_id in mine)


def may_open_papers(code: str, post: Post, *, on: date) -> bool:
    """Whether a post may open what was printed of a petition: of a denunciation those alone who handle it."""
    found = Petition.objects.filter(code=code).select_related("office").first()
    if found is None:
        return False
    return not found.is_guarded or handles(post, found, instead=[absence.post_id for absence in stood_in_for(post, on=on)])


def register(post: Post, *, text: str = "", instead: Collection[int] = ()) -> PetitionQuerySet:
    """Every petition of the places a post sees. The words of a denunciation are searched for those alone who handle it."""
    found = Petition.objects.select_related("unit", "office", "holder__user", "dossier", "decision", "posting")
    if text:
        open_to_me = ~Q(kind=Kind.DENUNCIATION) | handled_by(post, instead=instead)
        words = Q(content_folded__contains=fold(text)) | Q(sender__name_folded__contains=fold(text))
        found = found.filter(Q(code__iexact=text) | (open_to_me & words))
    return found


def petitions_about(dossier: Dossier) -> list[Petition]:
    """Petitions about a dossier, for its page; a denunciation is told by no page but its own."""
    found = Petition.objects.filter(Q(dossier=dossier) | Q(result_dossier=dossier))
    return list(found.exclude(kind=Kind.DENUNCIATION).order_by("-id"))
