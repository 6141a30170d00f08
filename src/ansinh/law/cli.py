"""`ansinh law …`: check worked cases, explain a situation, print the schema of the case files. Needs no database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ansinh.kernel.errors import AnsinhError, InvalidInput
from ansinh.kernel.periods import month_text, parse_month
from ansinh.law.caseformat import poverty, support
from ansinh.law.caseformat.comparing import differences, kinds_of
from ansinh.law.caseformat.reading import read_cases, schema

ONLY_HELP = """\
Chỉ chạy những trường hợp mà MỌI loại được hỏi đều nằm trong danh sách. Loại của một trường hợp: loại của các dòng
(lines, lost, truy lĩnh), của khoản một lần, của việc có thời hạn, của quyền lợi trong sự kiện; với tổng số không kèm
dòng: các loại mà bộ máy tìm thấy. Loại: monthly_allowance, social_pension, carer_money, disabled_parent_support,
residential_upbringing, funeral, emergency_burial, injury, rice, housing, protection_food; hộ nghèo: income, points,
derive, status, b1_sum, calendar, movement, balance, published."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a sub-command; the exit code is 0 only when everything asked for went well."""
    parser = argparse.ArgumentParser(prog="ansinh law", description="Bộ máy chính sách: kiểm tra và giải thích.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="so các trường hợp mẫu với bộ máy")
    check.add_argument("files", nargs="+", type=Path, metavar="TỆP")
    check.add_argument("--only", default="", metavar="LOẠI,…", help=ONLY_HELP)
    explain = commands.add_parser("explain", help="giải thích một tình huống trong một tháng")
    explain.add_argument(
        "file", type=Path, metavar="TỆP", help="tệp trường hợp, hoặc tệp có month, persons, household, events như một trường hợp"
    )
    explain.add_argument("--case", help="mã trường hợp (mặc định: tất cả)")
    explain.add_argument("--month", help="tháng hưởng NĂM-THÁNG (mặc định: các tháng trường hợp hỏi)")
    moved = commands.add_parser(
        "transition", help="một lần thay đổi quy định làm gì với từng người: cũ, mới, từ tháng nào, truy lĩnh"
    )
    moved.add_argument("file", type=Path, metavar="TỆP", help="tệp trường hợp hoặc tệp dữ liệu như của explain")
    moved.add_argument("--change", required=True, metavar="NĂM", help="2021, 2024, 2025 hoặc 2026")
    moved.add_argument("--case", help="mã trường hợp (mặc định: tất cả)")
    moved.add_argument("--decided-in", metavar="NĂM-THÁNG", help="tháng đầu tiên chi theo mức mới")
    commands.add_parser("coverage", help="quy tắc, hệ số, mốc tuổi, mốc thay đổi nào chưa có trường hợp riêng")
    resolution = commands.add_parser("resolution", help="kiểm tra tệp nghị quyết của tỉnh trước khi nhập")
    acts = resolution.add_subparsers(dest="act", required=True)
    acts.add_parser("check", help="đọc tệp, so với mức chung").add_argument("file", type=Path, metavar="TỆP")
    commands.add_parser("schema", help="in JSON Schema của các khuôn dạng")
    options = parser.parse_args(argv)
    try:
        return _run(options)
    except AnsinhError as refusal:
        print(refusal, file=sys.stderr)
        return 2


def _run(options: argparse.Namespace) -> int:
    if options.command == "check":
        return check_files(options.files, frozenset(filter(None, options.only.split(","))))
    if options.command == "schema":
        print(json.dumps(schema(), ensure_ascii=False, indent=1))
        return 0
    if options.command == "resolution":
        return check_resolution_file(options.file)
    if options.command == "coverage":
        from ansinh.law.coverage import print_coverage

        return print_coverage()
    from ansinh.law.explaining import print_explanations, print_transitions

    if options.command == "transition":
        decided_in = parse_month(options.decided_in) if options.decided_in else None
        return print_transitions(options.file, options.case, options.change, decided_in)
    month = parse_month(options.month) if options.month else None
    return print_explanations(options.file, options.case, month)


def check_resolution_file(path: Path) -> int:
    """Read a province's resolution and hold it against the national floors; say in words what it sets, or what is wrong."""
    from ansinh.law.floors import check_resolution
    from ansinh.law.resolution_file import read_resolution
    from ansinh.law.resolution_words import sentences

    try:
        data = path.read_bytes()
    except OSError as fault:
        raise InvalidInput(f"Không đọc được tệp {path}: {fault.strerror}.") from None
    found = read_resolution(data)
    if faults := check_resolution(found.parts()) if found.parts() or not found.replaces else []:
        print("\n".join(faults))
        return 1
    until = f" đến trước tháng {month_text(found.end)}" if found.end else ""
    print(f"{found.cited}: tính cho các tháng từ {month_text(found.start)}{until}, địa bàn {found.territory}.")
    print("\n".join(f"- {sentence}" for sentence in sentences(found)))
    return 0


def check_files(files: Sequence[Path], only: frozenset[str] = frozenset()) -> int:
    """Compare every selected case of every file; print failures and, last, `N passed, M failed`."""
    read: list[tuple[str, dict[str, Any]]] = []
    refused = 0
    for path in files:
        try:
            name, cases = read_cases(path)
        except AnsinhError as refusal:
            print(refusal)
            refused += 1
            continue
        read.extend((name, case) for case in cases)
    passed = failed = 0
    for name, case in read:
        faults = _judge(name, case, only)
        if faults is None:
            continue
        passed, failed = (passed, failed + 1) if faults else (passed + 1, failed)
        if faults:
            print("\n".join(faults))
    print(f"{passed} passed, {failed + refused} failed")
    return 0 if passed and not failed and not refused else 1


def _judge(name: str, case: dict[str, Any], only: frozenset[str]) -> list[str] | None:
    """None: not selected. Else the printed lines of its failure, empty when it passes."""
    head = f"{case['id']} {case['title']} [{case['confidence']}]"
    if name == poverty.FORMAT:
        if only and case["kind"] not in only:
            return None
        return [head, f"  {case['kind']}: chưa có quy tắc", f"  căn cứ: {'; '.join(case['legal_basis'])}"]
    ours = name == support.FORMAT
    if only and not (({case["ask"]} if ours else kinds_of(case)) <= only):
        return None
    try:
        found = support.differences(case) if ours else differences(case)
    except Exception as fault:  # one case that breaks the engine must not hide what the others say
        return [head, f"  bộ máy dừng giữa chừng: {type(fault).__name__}: {fault}"]
    if not found:
        return []
    lines = [head]
    for one in found:
        lines += [f"  {one.question}", f"    phải là: {one.expected}", f"    đã ra:   {one.got}"]
        if one.basis:
            lines.append(f"    bộ máy căn cứ: {'; '.join(one.basis)}")
    lines.append(f"  căn cứ của trường hợp: {'; '.join(case['legal_basis'])}")
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
