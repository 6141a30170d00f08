"""The catalogue of English words: found in sources, written, read back and compiled without the gettext programs."""

import gettext
import io

import pytest
from django.core.management import call_command
from django.utils import translation

from ansinh.pages import catalogue
from ansinh.pages.catalogue import Message, NotPlainWords
from ansinh.pages.management.commands import renew_words
from ansinh.pages.own_words import own_words


def test_words_of_a_program_are_found_under_any_name_of_the_translator():
    text = (
        "from django.utils.translation import gettext_lazy as _lazy\n_lazy('Hộ'); _('Xã'); ngettext('một', 'nhiều', 2); f('Thôn')"
    )
    assert set(catalogue.words_of_python(text)) == {("Hộ",), ("Xã",), ("một", "nhiều")}


def test_words_put_together_at_run_time_are_refused_with_their_place():
    with pytest.raises(NotPlainWords, match=r"page\.py:2"):
        list(catalogue.words_of_python("\n_(f'Hộ {code}')", "page.py"))


def test_words_of_a_template_are_found_in_every_form():
    text = """{% load i18n %}{% translate "Hộ (mới)" %}{% empty _("Chưa có") %}{{ name|default:_('không tên') }}
    {% blocktranslate with n=rows count k=n %}{{ n }} dòng{% plural %}{{ n }} các dòng{% endblocktranslate %}"""
    assert set(catalogue.words_of_template(text)) == {
        ("Hộ (mới)",),
        ("Chưa có",),
        ("không tên",),
        ("%(n)s dòng", "%(n)s các dòng"),
    }


def test_a_catalogue_is_read_as_it_was_written_and_compiled_as_gettext_reads_it(tmp_path):
    entries = [
        Message(("“Hộ”\n\tmới \\",), ("“Household”\n\tnew \\",), ["people/forms.py"]),
        Message(("%(n)s dòng", "%(n)s dòng"), ("%(n)s row", "%(n)s rows"), ["a.html"]),
        Message(("Xã",), ("",), ["b.html"]),
    ]
    path = tmp_path / "django.po"
    catalogue.write(path, {entry.key: entry for entry in entries})
    assert {key: message.words for key, message in catalogue.read(path).items()} == {entry.key: entry.words for entry in entries}
    english = gettext.GNUTranslations(io.BytesIO(catalogue.compiled(path)))
    assert english.gettext(entries[0].key[0]) == entries[0].words[0]
    assert [english.ngettext("%(n)s dòng", "%(n)s dòng", n) for n in (1, 2)] == ["%(n)s row", "%(n)s rows"]
    assert english.gettext("Xã") == "Xã"


@pytest.mark.parametrize(
    ("key", "words", "fault"),
    [
        (("Xã",), ("",), "is not translated"),
        (("Hộ %(code)s",), ("Household %(name)s",), "has other placeholders"),
        (("%(n)s dòng", "%(n)s dòng"), ("%(n)s row",), "is not translated"),
        (("Đã dừng. ",), ("Stopped.",), "has other spaces at its ends"),
    ],
)
def test_a_wrong_translation_is_named(key, words, fault):
    assert catalogue.faults(Message(key, words)) == [fault]


def test_renewing_adds_what_is_missing_drops_what_is_stale_and_keeps_the_rest(tmp_path, monkeypatch):
    room = tmp_path / "room"
    room.mkdir()
    (room / "forms.py").write_text("_('Xã'); _('Hộ')", encoding="utf-8")
    path = tmp_path / "locale" / "django.po"
    catalogue.write(path, {("Xã",): Message(("Xã",), ("Commune",)), ("Huyện",): Message(("Huyện",), ("District",))})
    monkeypatch.setattr(renew_words, "PACKAGE", tmp_path)
    monkeypatch.setattr(renew_words, "ENGLISH", path)
    told = io.StringIO()
    call_command("renew_words", stdout=told)
    assert {key: m.words for key, m in catalogue.read(path).items()} == {("Xã",): ("Commune",), ("Hộ",): ("",)}
    assert "room/forms.py: “Hộ” is not translated" in told.getvalue()
    assert "1 stale" in told.getvalue()
    assert path.with_suffix(".mo").read_bytes() == catalogue.compiled(path)


class Term:
    label, label_en, short = "Hộ nghèo theo chuẩn", "Poor household", "Hộ nghèo"


def test_a_term_of_the_law_is_told_in_the_readers_language():
    with translation.override("vi"):
        assert (own_words(Term), own_words(Term, "short")) == ("Hộ nghèo theo chuẩn", "Hộ nghèo")
    with translation.override("en"):
        assert (own_words(Term), own_words(Term, "short")) == ("Poor household", "Poor household")
