"""`import_list LAYOUT FILE [--commit]`: check a spreadsheet from the command line; load it only when asked, all or nothing."""

from __future__ import annotations

import os
import sys
from datetime import date
from getpass import getpass
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from ansinh.access.acting import as_post
from ansinh.access.models import Post
from ansinh.access.queries import communes_of
from ansinh.database.clock import now, today
from ansinh.imports.kinds import all_kinds, kind_of
from ansinh.imports.models import Batch
from ansinh.imports.operations import commit_batch, describe_paper, open_list, take_list
from ansinh.imports.queries import counts, paper_known
from ansinh.imports.workflow import ROW
from ansinh.kernel.errors import AnsinhError, InvalidInput
from ansinh.kernel.periods import parse_month
from ansinh.localities.models import Unit

PASSWORD = "ANSINH_FILE_PASSWORD"


class Command(BaseCommand):
    help = "Kiểm tra một danh sách; chỉ ghi vào sổ khi có --commit, cả danh sách hoặc không dòng nào"

    def add_arguments(self, parser):
        parser.add_argument("layout", help="loại danh sách: " + ", ".join(all_kinds()) + "; “auto”: tự nhận theo tiêu đề cột")
        parser.add_argument("file", type=Path, help="tệp .xlsx, .xls, .ods hoặc .csv")
        parser.add_argument("--post", required=True, help="mã chức vụ thực hiện, ví dụ UBND-12472-commune_officer")
        parser.add_argument("--commune", help="mã xã; bỏ trống khi chức vụ chỉ có một xã")
        parser.add_argument("--month", help="tháng tính theo luật, NĂM-THÁNG; bỏ trống: theo danh sách")
        parser.add_argument(
            "--old-letters",
            choices=["convert", "keep"],
            help="tệp dùng bảng mã cũ (TCVN3, VNI, VIQR): chuyển sang Unicode, hay giữ nguyên",
        )
        parser.add_argument("--commit", action="store_true", help="ghi vào sổ nếu không còn dòng nào có lỗi")
        parser.add_argument("--number", help="số quyết định kèm danh sách")
        parser.add_argument("--signed-on", help="ngày ký, NĂM-THÁNG-NGÀY hoặc ngày/tháng/năm")
        parser.add_argument("--signer", help="họ tên người ký")
        parser.add_argument("--signer-title", default="Chủ tịch", help="chức vụ người ký (mặc định: Chủ tịch)")

    def handle(self, *args, **options):
        """Exit code 0: clean (and loaded, when asked). 1: rows with problems or a refusal, nothing was kept."""
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"Không mở được tệp “{options['file']}”: {error.strerror}.") from None
        post = Post.objects.select_related("office__unit", "user").filter(code=options["post"]).first()
        if post is None:
            raise CommandError(f"Không có chức vụ mã “{options['post']}”.")
        try:
            with as_post(post, on=today()):
                self._run(data, post, options)
        except AnsinhError as error:
            raise CommandError(str(error)) from None

    def _run(self, data: bytes, post: Post, options: dict) -> None:
        moment = now()
        with transaction.atomic():
            batch = take_list(
                data=data,
                filename=options["file"].name,
                layout="" if options["layout"] == "auto" else options["layout"],
                unit=_unit(post, options["commune"]),
                month=parse_month(options["month"]) if options["month"] else None,
                by=post,
                now=moment,
                password=os.environ.get(PASSWORD),
                old_letters=options["old_letters"] or "ask",
            )
            if batch.state == "read":
                batch = self._answer(batch, post, options)
            open_rows = self._report(batch)
            if not options["commit"]:
                transaction.set_rollback(True)  # checking leaves nothing behind
            elif not open_rows:
                if kind_of(batch.layout).needs_decision:
                    describe_paper(batch=batch, by=post, now=moment, **_paper(batch, options))
                batch = commit_batch(batch=batch, by=post, now=moment)
            if open_rows:
                raise InvalidInput(f"Không nạp: {open_rows} dòng cần sửa hoặc cần chọn người.")
        if options["commit"]:
            self.stdout.write(f"Đã nạp {batch.result['rows']} dòng ({batch.code}).")
        else:
            self.stdout.write("Không dòng nào có lỗi. Thêm --commit để nạp.")

    def _answer(self, batch: Batch, post: Post, options: dict) -> Batch:
        """A list that waits: its password is asked for without showing it; about letters the option must speak."""
        if batch.settings["asks"]["what"] == "password":
            if not sys.stdin.isatty():
                raise InvalidInput(f"Tệp có đặt mật khẩu. Đặt mật khẩu vào biến môi trường {PASSWORD} rồi chạy lại.")
            typed = getpass("Mật khẩu của tệp (không hiện khi gõ): ")
            batch = open_list(batch=batch, by=post, now=now(), password=typed, old_letters=options["old_letters"] or "ask")
        if batch.state != "read":
            return batch
        asks = batch.settings["asks"]
        samples = "; ".join(f"“{before}” thành “{after}”" for before, after in asks["samples"])
        raise InvalidInput(
            f"Tệp dùng bảng mã {asks['label']} ở {asks['cells']} ô. Thêm --old-letters convert để chuyển sang Unicode "
            f"({samples}), hoặc --old-letters keep để giữ nguyên."
        )

    def _report(self, batch: Batch) -> int:
        """Say what was found; returns how many rows keep the list from being loaded."""
        kind = kind_of(batch.layout)
        self.stdout.write(f"{kind.title} ({kind.key}), {batch.unit.name}, tệp “{batch.title}”, trang “{batch.settings['sheet']}”")
        for problem in batch.problems:
            self.stdout.write(f"Lưu ý: {problem['message']}")
        for row in batch.rows.all():
            for problem in row.problems:
                word = "Lỗi" if problem["level"] == "error" else "Lưu ý"
                self.stdout.write(f"Dòng {row.number}, {problem['column']}: {word}. {problem['message']}")
            if row.state == "unsure":
                names = "; ".join(f"{c['name']} ({c['birth_year']}, {c['commune']}, {c['score']} điểm)" for c in row.candidates)
                self.stdout.write(f"Dòng {row.number}: cần chọn người trên trang Nhập danh sách. Có thể là: {names}.")
        found = counts(batch)
        self.stdout.write(", ".join(f"{ROW.states[state]}: {n}" for state, n in found.items() if n))
        return found["problem"] + found["unsure"]


def _unit(post: Post, code: str | None) -> Unit:
    units = communes_of(post, on=today())
    found = list(units.filter(code=code) if code else units[:2])
    if len(found) != 1:
        hint = f"Chức vụ này không làm việc với xã mã “{code}”." if code else "Hãy cho biết --commune MÃ của xã có danh sách này."
        raise InvalidInput(hint)
    return found[0]


def _paper(batch: Batch, options: dict) -> dict:
    known = paper_known(batch)
    paper = {
        "number": options["number"] or known["number"],
        "signed_on": _day(options["signed_on"]) if options["signed_on"] else known["signed_on"],
        "signer_name": options["signer"] or known.get("signer_name", ""),
        "signer_title": options["signer_title"],
    }
    if not (paper["number"] and paper["signed_on"] and paper["signer_name"]):
        raise InvalidInput("Muốn nạp cần quyết định kèm danh sách: --number, --signed-on và --signer.")
    return paper


def _day(text: str) -> date:
    try:
        return date.fromisoformat("-".join(reversed(text.split("/"))) if "/" in text else text)
    except ValueError:
        raise InvalidInput(f"Ngày ký “{text}” không đọc được. Ghi ngày/tháng/năm, ví dụ 12/11/2026.") from None
