"""Who may care for another: what a carer must fulfil, what relatives may lack, and what ends the care."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from ansinh.law.engine.errors import NotAnswerable
from ansinh.law.supports import regime_of

OF_CHILDREN = {
    "a": "có năng lực hành vi dân sự đầy đủ, chấp hành pháp luật",
    "b": "tự nguyện nhận chăm sóc, nuôi dưỡng",
    "c": "có nơi ở ổn định và nơi ở cho trẻ em",
    "d": "có điều kiện kinh tế, sức khỏe, kinh nghiệm chăm sóc trẻ em",
    "đ": "đang sống với vợ hoặc chồng thì vợ hoặc chồng phải đáp ứng điểm a và điểm b",
}
OF_ADULTS = {
    "a": "có năng lực hành vi dân sự đầy đủ, chấp hành pháp luật",
    "b": "có sức khỏe, kinh nghiệm và kỹ năng chăm sóc",
    "c": "có nơi ở ổn định và nơi ở cho người được chăm sóc",
    "d": "có điều kiện kinh tế",
    "đ": "đang sống với vợ hoặc chồng thì vợ hoặc chồng phải đáp ứng điểm a và điểm b",
}
CARED_FOR = {"child": OF_CHILDREN, "disabled": OF_ADULTS, "elder": OF_ADULTS}
# Grandparents, aunts, uncles, elder siblings who take a child of khoản 1.
RELATIVES_MAY_LACK = {"R1": frozenset("acd"), "R2": frozenset("acd"), "R3": frozenset("acdđ")}
STOP_GROUNDS = {
    "mistreatment": "đối xử tệ bạc với người được chăm sóc",
    "profit": "lợi dụng việc chăm sóc để trục lợi",
    "unable": "không còn khả năng kinh tế hoặc khả năng khác để chăm sóc",
    "violation": "vi phạm nghiêm trọng quyền của người được chăm sóc",
}


def carer_faults(on: date, cared_for: str, met: Collection[str], *, relative: bool = False, has_spouse: bool = True) -> list[str]:
    """What a carer still lacks, one Vietnamese sentence for each point; empty: fit to care.

    `cared_for`: child (khoản 1), disabled (extremely severe) or elder. `met`: letters of the points fulfilled. `relative`:
    grandparent, aunt, uncle, elder sibling of the child. Without a spouse at home point đ asks nothing.
    Basis: Điều 22, Điều 23 NĐ 20/2021/NĐ-CP; NĐ 335/2026/NĐ-CP (relatives may lack điểm đ too).
    """
    regime = regime_of(on, since="R1")
    if cared_for not in CARED_FOR:
        raise NotAnswerable(f"Không có điều kiện nhận chăm sóc “{cared_for}”.")
    spared = RELATIVES_MAY_LACK[regime] if relative and cared_for == "child" else frozenset()
    asked = {letter: text for letter, text in CARED_FOR[cared_for].items() if letter not in spared}
    if not has_spouse:
        asked.pop("đ", None)
    return [f"Chưa đáp ứng điểm {letter}: {text}." for letter, text in asked.items() if letter not in met]
