"""Word to PDF through LibreOffice, where it is installed. Each conversion has a profile of its own, so several may run at once."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.words import gettext as _

PDF_SECONDS, LONG_SECONDS = 90, 900
LONG = 200  # rows of tables: with more, nobody waits for it before a page
# Times New Roman, and the faces drawn to its measure: with any other the lines of the PDF break elsewhere than in Word.
_SAME_MEASURE = ("Times New Roman", "Liberation Serif", "Tinos", "TeX Gyre Termes", "Nimbus Roman")


class NoOffice(AnsinhError):
    """LibreOffice is not installed, or did not finish."""


def program() -> str | None:
    """The program of LibreOffice; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@cache
def has_same_measure() -> bool:
    """Whether the machine's stand-in for Times New Roman breaks lines as Word does."""
    if (asked := shutil.which("fc-match")) is None:
        return False
    said = subprocess.run([asked, "Times New Roman", "family"], capture_output=True, text=True, timeout=10, check=False).stdout
    return said.split("=")[-1].split(",")[0].strip() in _SAME_MEASURE


def is_long(word: bytes) -> bool:
    """Whether making a PDF of a Word file takes longer than a request should: it has more than `LONG` rows."""
    try:
        with ZipFile(BytesIO(word)) as parts:
            return parts.read("word/document.xml").count(b"</w:tr>") > LONG
    except (BadZipFile, KeyError):
        return False


def pdf_of(word: bytes, *, seconds: int = PDF_SECONDS) -> bytes:
    """The same paper as a PDF. Raises NoOffice where there is no LibreOffice, or it failed or took over so many seconds."""
    found = program()
    if found is None:
        raise NoOffice(
            _("Máy chủ chưa cài LibreOffice nên chưa xuất được PDF. Hãy tải tệp Word rồi in, hoặc lưu thành PDF từ Word.")
        )
    failed = _("LibreOffice không chuyển được tệp này sang PDF. Hãy tải tệp Word.")
    if not word.startswith(b"PK"):  # no Word file: LibreOffice would make pages of anything
        raise NoOffice(failed)
    with tempfile.TemporaryDirectory(prefix="ansinh-pdf-") as folder:
        source = Path(folder, "paper.docx")
        source.write_bytes(word)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        call = [found, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder, str(source)]
        try:
            subprocess.run(call, check=True, capture_output=True, timeout=seconds)
            return Path(folder, "paper.pdf").read_bytes()
        except (subprocess.SubprocessError, FileNotFoundError) as error:
            raise NoOffice(failed) from error
