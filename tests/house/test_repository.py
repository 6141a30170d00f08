"""What lies in the repository: nothing of one machine, requirements with hashes, a README that names the two commands."""

from __future__ import annotations

import re
import subprocess

import pytest
from tests.house.walking import TOP

_ABSOLUTE = re.compile(r"(?<![\w.$}/])/(?:wor[k]|home/\w+|Users/\w+|root|private)/[\w.-]+")
_REGISTRY = re.compile(r"https?://[\w.-]*(?:py[p]i|python[h]osted|artifactory|nexus|jfrog)[\w.-]*", re.I)
_SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|(?:password|secret|token)\s*=\s*[\"'][A-Za-z0-9+/]{24,}[\"']", re.I)
_BINARY = (".png", ".ttf", ".mo", ".ico", ".xlsx", ".xls", ".ods", ".pdf", ".zip", ".gz")


def tracked() -> list[tuple[str, str]]:
    """Every text file git knows, with its text. An unpacked copy without git has nothing to say here."""
    if not (TOP / ".git").exists():
        pytest.skip("no repository here")
    names = subprocess.run(["git", "ls-files", "-z"], cwd=TOP, capture_output=True, text=True, check=True).stdout.split("\0")
    paths = [TOP / name for name in names if name and not name.endswith(_BINARY)]
    return [(str(p.relative_to(TOP)), p.read_text(encoding="utf-8", errors="ignore")) for p in paths if p.is_file()]


def of_one_machine(text: str) -> list[str]:
    """Paths, registries and secrets that have no meaning elsewhere."""
    return [match.group(0) for rule in (_ABSOLUTE, _REGISTRY, _SECRET) for match in rule.finditer(text)]


def test_no_file_carries_what_belongs_to_one_machine():
    found = {
        name: said for name, text in tracked() if name != "tests/house/test_repository.py" and (said := of_one_machine(text))
    }
    assert found == {}


def test_what_belongs_to_one_machine_would_be_found():
    assert of_one_machine("see /root/main and /home/lan/x") == ["/root/main", "/home/lan/x"]
    assert of_one_machine("--index-url https://nexus.example/simple") != []
    assert of_one_machine('password = "' + "a1" * 14 + '"') != []
    assert of_one_machine("/var/lib/ansinh, /usr/bin, https://example.gov.vn, a/root/b") == []


def unlocked(text: str) -> list[str]:
    """Requirements without a version or a hash, and options that name a place to fetch from."""
    bad = []
    for block in re.split(r"\n(?=[^\s#])", text):
        line = block.split("\n")[0].strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("-") or not re.match(r"[\w.\[\]-]+==\S+", line) or "--hash=sha256:" not in block:
            bad.append(line.rstrip(" \\"))
    return bad


@pytest.mark.parametrize("name", ["runtime.txt", "dev.txt"])
def test_requirements_are_locked_with_hashes(name):
    assert unlocked((TOP / "requirements" / name).read_text(encoding="utf-8")) == []


def test_a_requirement_that_is_not_locked_would_be_found():
    said = "--index-url https://x\nfoo==1.0 \\\n    --hash=sha256:aa\nbar==2\nbaz>=1 \\\n    --hash=sha256:bb\n"
    assert unlocked(said) == ["--index-url https://x", "bar==2", "baz>=1"]


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_readme_names_both_commands(name):
    said = (TOP / name).read_text(encoding="utf-8")
    assert "make demo" in said and "make test" in said


def test_every_target_of_the_readme_is_a_target():
    makefile = (TOP / "Makefile").read_text(encoding="utf-8")
    for name in ("README.md", "README.vi.md"):
        for target in re.findall(r"`make ([a-z]+)", (TOP / name).read_text(encoding="utf-8")):
            assert re.search(rf"^{target}:", makefile, re.M), target


def test_check_and_ci_run_the_house_tests_and_the_floors():
    makefile = (TOP / "Makefile").read_text(encoding="utf-8")
    check = re.search(r"^check:.*?(?=^\S)", makefile, re.M | re.S).group(0)
    assert "lint-imports --no-cache" in check and "pytest tests/house" in check and "law" in check
    assert re.search(r"^test:.*\bcheck\b", makefile, re.M)
