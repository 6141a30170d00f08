"""The law on paper: a benefit and a difference as Word files to be signed, the table of amounts as a workbook. Always Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO

from django.utils.translation import override

from ansinh import law
from ansinh.access.models import OfficeKind, Post
from ansinh.kernel.money import coefficient_text, money_text, number_text
from ansinh.kernel.periods import month_of, month_text
from ansinh.law.amounts import Cell, Level, Row, amount_table
from ansinh.law.amounts import Group as Coefficient
from ansinh.law.benefit_text import Article, BenefitText, benefit_text
from ansinh.law.differences import Change, Difference, Step, difference
from ansinh.law.engine.lawfile import load
from ansinh.law.one_off_words import told_kinds
from ansinh.law.resolutions import Provincial
from ansinh.lawbook import queries
from ansinh.rendering.papers import Block, Grid, Heading, Paper, Paragraph, Points, write_paper
from ansinh.rendering.sheets import Column, Group, Sheet, SignBlock
from ansinh.rendering.workbooks import write_workbook

MARKS = {"V": "đã đọc văn bản", "K": "chưa đối chiếu văn bản", "?": "cần xác nhận", "": ""}
_PLACE_WORDS = ("Tỉnh ", "tỉnh ", "Thành phố ", "Xã ", "Phường ", "Đặc khu ")


@override("vi")
def benefit_paper(kind: str, on: date, *, by: Post, now: datetime) -> bytes:
    """One benefit on a day: rules by article, coefficients, numbers with their dates, what is not certain, the hash of the law."""
    text = benefit_text(kind, on)
    summary = f"{text.label}\ntheo quy định có hiệu lực ngày {text.on:%d/%m/%Y}"
    blocks = tuple(_numbered(_benefit_parts(text)))
    return write_paper(_paper(by, now, "BẢN RÀ SOÁT QUY ĐỊNH", summary, blocks, text.law_hash), made_at=now)


@override("vi")
def changes_paper(first: date, second: date, *, by: Post, now: datetime) -> bytes:
    """What changed between two days, in words."""
    found = difference(first, second)
    summary = f"Quy định về trợ giúp xã hội\nsau ngày {first:%d/%m/%Y} đến ngày {second:%d/%m/%Y}"
    blocks = tuple(_change_blocks(found))
    return write_paper(_paper(by, now, "BẢN ĐỐI CHIẾU THAY ĐỔI", summary, blocks, found.law_hash), made_at=now)


def _paper(by: Post, now: datetime, kind: str, summary: str, blocks: tuple[Block, ...], law_hash: str) -> Paper:
    office = by.office
    is_commune = office.kind == OfficeKind.COMMUNE
    head = "CHỦ TỊCH" if is_commune else "TRƯỞNG PHÒNG"
    note = "(Ký tên, đóng dấu)" if is_commune else "(Ký, ghi rõ họ tên)"
    return Paper(
        parent=office.parent.name if office.parent else "",
        office=office.name.split(",")[0],
        place=_place(office.unit.name if office.unit else office.name),
        dated=f"ngày      tháng      năm {now:%Y}",
        kind=kind,
        summary=summary,
        blocks=blocks,
        sign_blocks=(SignBlock("NGƯỜI LẬP BIỂU"), SignBlock(head, note)),
        footer=f"Bản luật {law_hash}",
    )


def _place(name: str) -> str:
    """The place as it stands before a date: the name without its kind."""
    return next((name.removeprefix(word) for word in _PLACE_WORDS if name.startswith(word)), name)


# --- one benefit -----------------------------------------------------------------------------------------------------


def _numbered(parts: Iterator[tuple[str, list[Block]]]) -> Iterator[Block]:
    """Parts that have something to say, under Roman numbers."""
    romans = iter(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"))
    for title, blocks in parts:
        if blocks:
            yield Heading(f"{next(romans)}. {title.upper()}")
            yield from blocks


def _benefit_parts(text: BenefitText) -> Iterator[tuple[str, list[Block]]]:
    yield "Đối tượng, điều kiện", [block for number, one in enumerate(text.articles, 1) for block in _article(number, one)]
    month = month_text(month_of(text.on))
    yield "Hệ số và mức hưởng", _coefficients(text, month)
    title = "Cách tính, cách kết hợp" if text.articles else "Đối tượng, điều kiện, mức hỗ trợ"
    yield title, [Paragraph(f"{one.text} ({one.basis}{_mark(one.mark)})", f"{one.title}.") for one in text.provisions]
    yield (
        "Trình tự, thủ tục",
        [Paragraph(f"{one.text} ({one.basis}{_mark(one.mark)})", f"{one.title}.") for one in text.procedures],
    )
    yield f"Mức tiền, độ tuổi, thời hạn dùng cho tháng {month}", _numbers(text)
    yield "Điểm cần xác nhận", _uncertain(text)
    yield "Văn bản và bản luật", _instruments(text)


def _article(number: int, one: Article) -> Iterator[Block]:
    yield Heading(f"{number}. {one.title}", 2)
    if len(one.conditions) == 1:
        yield Paragraph(f"{one.conditions[0]}.", "Điều kiện:")
    else:
        yield Paragraph("đáp ứng đủ các điều kiện sau:", "Điều kiện:")
        last = len(one.conditions) - 1
        yield Points(tuple(f"{words}{'.' if place == last else ';'}" for place, words in enumerate(one.conditions)))
    label, _colon, level = one.level.partition(": ")
    yield Paragraph(f"{level}. {one.payee}".strip(), f"{label}:")
    basis = "; ".join(dict.fromkeys((one.rule.basis, one.rule.coefficient_basis)))
    yield Paragraph(f"{basis}{_mark(one.rule.mark)}.", "Căn cứ:")


def _mark(mark: str) -> str:
    return f"; {MARKS[mark]}" if mark in ("K", "?") else ""


def _coefficients(text: BenefitText, month: str) -> list[Block]:
    rows = [
        (
            one.title, case.when or "Mọi trường hợp",
            coefficient_text(case.coefficient) + (" × số con" if one.rule.count else ""), number_text(case.amount_vnd),
            one.rule.coefficient_basis,
        )
        for one in text.articles
        for case in one.cases
    ]  # fmt: skip
    heads = ("Đối tượng", "Trường hợp", "Hệ số", f"Mức tháng {month} (đồng)", "Căn cứ")
    grid = Grid(heads, (46, 38, 18, 24, 34), tuple(rows), right=frozenset({3}), centred=frozenset({2}))
    return [grid] if rows else []


def _numbers(text: BenefitText) -> list[Block]:
    rows = tuple(
        (
            f"{one.label}\n{one.meanwhile}".strip(), one.shown, _day(one.value.issued_on), _day(one.value.in_force_from),
            month_text(one.value.applies_to_months_from), f"{one.value.basis}\n({MARKS[one.value.mark]})",
        )
        for one in text.numbers
    )  # fmt: skip
    heads = ("Nội dung", "Giá trị", "Ngày ban hành", "Ngày có hiệu lực", "Tính cho tháng hưởng từ", "Căn cứ")
    grid = Grid(heads, (40, 22, 24, 24, 18, 32), rows, centred=frozenset({1, 2, 3, 4}))
    return [grid] if rows else []


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "–"


def _uncertain(text: BenefitText) -> list[Block]:
    rows = []
    for number, (point, answer, words) in enumerate(queries.with_answers(text.uncertain), 1):
        choices = "; ".join(label for _value, label in point.choices)
        asked = f"{point.label}\n{point.question}" + (f"\nCác cách hiểu: {choices}." if choices else "")
        if answer:
            told = f"Đã xác nhận: {words}\nNguồn: {answer.source}\n{answer.confirmed_by.user.full_name}, {answer.confirmed_at:%d/%m/%Y}"
        elif point.choices:
            meanwhile = "dòng tiền phụ thuộc được giữ lại" if point.holds else "chi theo cách tạm tính"
            told = f"Chưa xác nhận: {meanwhile}." + (f"\nTạm tính: {point.default}." if point.default else "")
        else:
            told = "Chưa có câu trả lời."
        rows.append((str(number), asked, point.basis, told))
    heads = ("STT", "Nội dung", "Căn cứ", "Cách xử lý")
    return [Grid(heads, (12, 76, 32, 40), tuple(rows), centred=frozenset({0}))] if rows else []


def _instruments(text: BenefitText) -> list[Block]:
    rows = tuple(
        (one.number, one.title, _day(one.issued_on), _day(one.in_force_from), _day(one.in_force_to), MARKS[one.mark])
        for one in text.instruments
    )
    heads = ("Số, ký hiệu", "Trích yếu", "Ngày ban hành", "Có hiệu lực từ", "Hết hiệu lực từ", "Đối chiếu")
    grid = Grid(heads, (28, 40, 24, 24, 24, 20), rows, centred=frozenset({2, 3, 4}))
    told = Paragraph(
        "Mã này tính từ nội dung các tệp luật của hệ thống; tệp thay đổi thì mã thay đổi, bản đã ký không còn ứng "
        "với cách tính của hệ thống và phải rà soát lại.",
        is_note=True,
    )
    return [grid, *_hash(text.law_hash), told]


def _hash(law_hash: str) -> tuple[Block, ...]:
    return Paragraph("", "Mã băm của bản luật:"), Paragraph(law_hash, is_code=True)


# --- two days --------------------------------------------------------------------------------------------------------


def _change_blocks(found: Difference) -> Iterator[Block]:
    if not found.steps:
        yield Paragraph("Trong khoảng này quy định về trợ giúp xã hội không thay đổi.")
    for step in found.steps:
        yield Heading(f"{step.heading}:".upper())
        if step.note:
            yield Paragraph(step.note, is_note=True)
        yield from _step(step)
    yield from _hash(found.law_hash)
    yield Paragraph("Bản đối chiếu được lập từ các tệp luật của hệ thống có mã này.", is_note=True)


def _step(step: Step) -> Iterator[Block]:
    for number, section in enumerate(step.sections, 1):
        yield Heading(f"{number}. {section.title}", 2)
        if section.key == "renumbered":
            rows = tuple((_titled(one), one.was, one.basis) for one in section.changes)
            yield Grid(("Quy tắc", "Trước đây", "Nay"), (60, 50, 50), rows)
        else:
            yield from (_change(one, titled=section.key != "provisions") for one in section.changes)


def _change(one: Change, *, titled: bool) -> Paragraph:
    basis = f" (Căn cứ: {one.basis}{f'; trước đây: {one.was}' if one.was else ''}{_mark(one.mark)})" if one.basis else ""
    return Paragraph(f"{' '.join(one.lines)}{basis}", f"{_titled(one) if titled else one.title}:")


def _titled(one: Change) -> str:
    """The title with its benefit, where it does not name it already."""
    label = told_kinds(load())[one.kind] if one.kind else ""
    return one.title if not label or one.title.startswith(label) else f"{label} – {one.title}"


# --- amounts ---------------------------------------------------------------------------------------------------------


@override("vi")
def amounts_workbook(territory: Sequence[Provincial] = (), *, now: datetime) -> bytes:
    """The ready reckoner and, below each coefficient, who receives it with the article of every amount."""
    table = amount_table(territory)
    levels = [(f"m{place}", level) for place, level in enumerate(table.levels)]
    columns = (
        Column("who", "Chế độ, đối tượng", 52), Column("case", "Trường hợp", 34), Column("coefficient", "Hệ số", 9, "coefficient"),
        *(Column(key, _level_heading(level), 18, "money") for key, level in levels),
        *(Column(f"basis_{key}", f"Căn cứ, {_span(level)}", 40) for key, level in levels),
    )  # fmt: skip
    groups = [
        Group(
            [_head(one, levels), *(_amount_row(row, levels) for row in one.rows)],
            title=f"Hệ số {coefficient_text(one.coefficient)}",
        )
        for one in table.groups
    ]
    target = BytesIO()
    sheet = Sheet(
        "Bảng mức tiền", columns, groups,
        title_lines=("BẢNG MỨC TRỢ GIÚP XÃ HỘI THEO HỆ SỐ", "Hệ số nhân mức chuẩn của tháng hưởng (đồng)"),
        footer=f"Bản luật {table.law_hash[:16]}",
    )  # fmt: skip
    write_workbook(target, [sheet], made_at=now.replace(tzinfo=None))
    return target.getvalue()


def _span(level: Level) -> str:
    return f"{month_text(level.first)}–{month_text(level.last)}" if level.last else f"từ {month_text(level.first)}"


def _level_heading(level: Level) -> str:
    local = f", tỉnh {money_text(level.local_vnd)}" if level.local_vnd else ""
    return f"{_span(level)}: mức chuẩn {money_text(level.standard_vnd)}{local}"


def _head(group: Coefficient, levels: list[tuple[str, Level]]) -> dict:
    amounts = {key: amount for (key, _level), amount in zip(levels, group.amounts, strict=True)}
    return {"who": "Hệ số × mức chuẩn", "coefficient": group.coefficient, **amounts}


def _amount_row(row: Row, levels: list[tuple[str, Level]]) -> dict:
    cells = list(zip(levels, row.cells, strict=True))
    found = {key: cell.amount_vnd for (key, _level), cell in cells if cell}
    basis = {f"basis_{key}": _sources(cell) for (key, _level), cell in cells if cell}
    label = law.kinds()[row.kind][0]
    return {"who": f"{label}: {row.title}", "case": row.case, "coefficient": row.coefficient, **found, **basis}


def _sources(cell: Cell) -> str:
    """The articles of an amount, and the resolution that set it."""
    return "; ".join([*(one.basis for one in cell.sources), *([cell.local] if cell.local else [])])
