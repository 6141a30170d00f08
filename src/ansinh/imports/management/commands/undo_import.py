"""`undo_import CODE --post … --reason …`: what a committed list wrote, and with --commit take it back as a whole."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from ansinh.access.acting import as_post
from ansinh.access.models import Post
from ansinh.database.clock import now, today
from ansinh.imports.models import Batch
from ansinh.imports.operations import undo_batch
from ansinh.imports.queries import resting_on_list
from ansinh.kernel.errors import AnsinhError, InvalidInput


class Command(BaseCommand):
    help = "Hoàn tác việc nạp một danh sách; chỉ làm khi có --commit, cả danh sách hoặc không dòng nào"

    def add_arguments(self, parser):
        parser.add_argument("code", help="mã danh sách nhập, ví dụ NH00000012")
        parser.add_argument("--post", required=True, help="mã chức vụ thực hiện, ví dụ UBND-12472-commune_officer")
        parser.add_argument("--reason", default="", help="lý do hoàn tác")
        parser.add_argument("--commit", action="store_true", help="hoàn tác; thiếu thì chỉ cho biết có hoàn tác được không")

    def handle(self, *args, **options):
        """Exit code 0: may be taken back (and was, when asked). 1: something rests on it, each said on a line, or a refusal."""
        post = Post.objects.select_related("office__unit", "user").filter(code=options["post"]).first()
        if post is None:
            raise CommandError(f"Không có chức vụ mã “{options['post']}”.")
        try:
            with as_post(post, on=today()):
                self._run(post, options)
        except AnsinhError as error:
            raise CommandError(str(error)) from None

    def _run(self, post: Post, options: dict) -> None:
        batch = Batch.objects.select_related("unit").filter(code=options["code"], state="committed").first()
        if batch is None:
            raise InvalidInput(f"Không có danh sách đã nạp nào mã “{options['code']}” trong phạm vi của chức vụ này.")
        resting = resting_on_list(batch)
        for one in resting:
            self.stdout.write(f"Vướng: {one.words}")
        if resting:
            raise InvalidInput(f"Không hoàn tác được {batch.code}: {len(resting)} điều khác dựa vào danh sách này.")
        if not options["commit"]:
            self.stdout.write(
                f"Hoàn tác được {batch.code}: {batch.rows.filter(state='committed').count()} dòng. Thêm --commit để làm."
            )
            return
        said = undo_batch(batch=batch, reason=options["reason"], by=post, now=now())
        told = "; ".join(f"{label}: {count}" for label, count in said.items())
        self.stdout.write(f"Đã hoàn tác {batch.code}. {told}".strip())
