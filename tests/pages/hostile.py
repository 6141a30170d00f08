"""What a careless or ill-willed hand types into a form."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import strategies as st
from tests.security.crawling import Form

EVIL = (
    "\0", "a\0b", "\u202eabc", "\ufeff", "\x01\x0b\x1f\x7f", "a\tb\u2028c", "9" * 30, "-1", "0", "1e999", "NaN", "Infinity", "²", "٣", "½", "😀", "x" * 1001,
    "'\"><script>alert(1)</script>", "=1+1", "{{7*7}}", "%s%n", "%00", "../../etc/passwd", "\r\nX: y", "29/02/2025", "13/2026",
    "00/0000", "01/01/0001", "31/12/9999", "12/9999", "01/0001", "1/1/99999", "0001-01-01", "9223372036854775808", "2147483648",
    "99999999", "-5.000", "1,5", "999,99", "1.000.000.000.000.000.000", "NT00000001", "HO٣", "1-2-3",
)  # fmt: skip
FITTING = ("20/11/2026", "11/2026", "Nguyễn Văn A", "1.000.000", "12", "x")
FILES = (
    ("a.pdf", b"%PDF-1.4 x"), ("b.xlsx", b"PK\x03\x04junk"), ("c.svg", b"<svg onload='alert(1)'/>"), ("d" * 300 + ".csv", b"\xff\xfe\0"),
    ("e\"\\;.csv", "STT\tHọ và tên\n1\tA".encode()), ("g.pdf", b""),
)  # fmt: skip
VALUES = st.one_of(st.sampled_from(EVIL), st.sampled_from(FITTING), st.text(max_size=40))


def filled(form: Form, draw) -> dict:
    """The form as a careless or ill-willed hand fills it."""
    values: dict = {}
    for asked in form.fields:
        choice = draw(st.integers(0, 9))
        if asked.kind == "file":
            name, data = draw(st.sampled_from(FILES))
            values[asked.name] = SimpleUploadedFile(name, data)
        elif choice < 5:
            values[asked.name] = draw(VALUES)
        elif choice < 9:
            values[asked.name] = draw(st.sampled_from(asked.choices)) if asked.choices else asked.value or draw(VALUES)
    return values
