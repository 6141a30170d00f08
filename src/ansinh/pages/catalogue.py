"""Words on the screen and their translation: found in the sources, kept in django.po, compiled to django.mo.

In plain Python, so that a machine without the gettext programs can renew and prove the catalogue.
"""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
TRANSLATORS = ("django.utils.translation", "ansinh.kernel.words")
PLURAL = {"ngettext", "ngettext_lazy"}
LEFT_OUT = {"tests", "migrations", "bench"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|\{\w*\}|%[sd]")

Key = tuple[str, ...]
"""The words themselves; where they count something also the words for many."""


class NotPlainWords(ValueError):
    """Words for the screen must be one literal: what is put together at run time has no translation."""


@dataclass
class Message:
    """One entry of the catalogue: `words` as translated (one, or one per plural form), `places` where it stands."""

    key: Key
    words: tuple[str, ...] = ("",)
    places: list[str] = field(default_factory=list)

    @property
    def is_translated(self) -> bool:
        return len(self.words) == len(self.key) and all(self.words)


# In the sources -------------------------------------------------------------------------------------------------------
def words_of_sources(root: Path) -> dict[Key, list[str]]:
    """Every message of the Python files and templates below `root`, with the files it stands in."""
    found: dict[Key, list[str]] = {}
    for path in sorted((*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt"))):
        inside = path.relative_to(root)
        if LEFT_OUT & set(inside.parts):
            continue
        if path.suffix != ".py" and "templates" not in inside.parts:
            continue
        text = path.read_text(encoding="utf-8")
        for key in words_of_python(text, str(inside)) if path.suffix == ".py" else words_of_template(text):
            places = found.setdefault(key, [])
            if str(inside) not in places:
                places.append(str(inside))
    return found


def words_of_python(text: str, name: str = "") -> Iterator[Key]:
    """The literals handed to a function of gettext."""
    tree = ast.parse(text)
    aliases = {
        alias.asname: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in TRANSLATORS
        for alias in node.names
        if alias.asname
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
        called = aliases.get(called, called)
        wanted = 1 if called in SINGULAR else 2 if called in PLURAL else 0
        if not wanted:
            continue
        arguments = node.args[:wanted]
        if any(isinstance(a, ast.JoinedStr | ast.BinOp) for a in arguments):
            raise NotPlainWords(f"{name}:{node.lineno}")
        words = [a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if len(words) == wanted:
            yield tuple(words)


def words_of_template(text: str) -> Iterator[Key]:
    """What `translate` and `blocktranslate` of a template ask for, as Django itself turns them into calls."""
    for line in _calls(templatize(text)):
        yield from words_of_python(line)


def _calls(source: str) -> Iterator[str]:
    """Each call in the text that Django makes of a template, alone, so that the rest needs not be Python."""
    for found in re.finditer(r"\b(?:n?gettext|_)\(", source):
        depth, quote, i = 1, "", found.end()
        while depth:
            here = source[i]
            if quote:
                if here == "\\":
                    i += 1
                elif source.startswith(quote, i):
                    i, quote = i + len(quote) - 1, ""
            elif here in "'\"":
                quote = here * 3 if source.startswith(here * 3, i) else here
                i += len(quote) - 1
            else:
                depth += {"(": 1, ")": -1}.get(here, 0)
            i += 1
        yield source[found.start() : i]


# In the catalogue -----------------------------------------------------------------------------------------------------
HEADER = """\
# English words of the screens. The source text is Vietnamese; terms follow ansinh/law/glossary.
# Renewed from the sources with `make words`: what is missing is added empty, what is stale goes.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
KEYWORD = re.compile(r'^(msgid_plural|msgid|msgstr(?:\[\d\])?)?\s*(".*")$')


def read(path: Path) -> dict[Key, Message]:
    """The entries of a .po file, without its head."""
    entries: dict[Key, Message] = {}
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")) if path.exists() else []:
        parts: dict[str, str] = {}
        keyword = ""
        for line in block.splitlines():
            if found := KEYWORD.match(line):
                keyword = found[1] or keyword
                parts[keyword] = parts.get(keyword, "") + ast.literal_eval(found[2])
        if parts.get("msgid"):
            key = tuple(parts[k] for k in ("msgid", "msgid_plural") if k in parts)
            words = tuple(text for name, text in sorted(parts.items()) if name.startswith("msgstr"))
            entries[key] = Message(key, words)
    return entries


def write(path: Path, entries: dict[Key, Message]) -> None:
    """A .po file in the order of the first place of each message, so that neighbours on the screen stand together."""
    blocks = [HEADER]
    for message in sorted(entries.values(), key=lambda m: (m.places[:1], m.key)):
        lines = [f"#: {place}" for place in message.places]
        if PLACEHOLDER.search(message.key[0]):
            lines.append("#, python-format")
        lines += [f"{name} {_quoted(text)}" for name, text in zip(("msgid", "msgid_plural"), message.key, strict=False)]
        plural = len(message.key) > 1
        words = message.words if len(message.words) == len(message.key) else ("",) * len(message.key)
        lines += [f"msgstr{f'[{i}]' if plural else ''} {_quoted(text)}" for i, text in enumerate(words)]
        blocks.append("\n".join(lines) + "\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(blocks), encoding="utf-8")


def renewed(sources: dict[Key, list[str]], known: dict[Key, Message]) -> dict[Key, Message]:
    """The catalogue as it should be: all words of the sources, those known with their translation."""
    return {key: Message(key, known[key].words if key in known else ("",), places) for key, places in sources.items()}


def compiled(path: Path) -> bytes:
    """The .po file in the binary form that gettext reads; what is not translated is left out."""
    head = "".join(ast.literal_eval(line) for line in HEADER.splitlines() if line.startswith('"'))
    pairs = {"": head} | {"\0".join(m.key): "\0".join(m.words) for m in read(path).values() if m.is_translated}
    rows = sorted((key.encode(), words.encode()) for key, words in pairs.items())
    count, start = len(rows), 28
    offset = start + 16 * count
    keys, words, data = b"", b"", b""
    for column in (0, 1):
        table = b""
        for row in rows:
            table += struct.pack("<II", len(row[column]), offset + len(data))
            data += row[column] + b"\0"
        keys, words = (table, words) if column == 0 else (keys, table)
    return struct.pack("<7I", 0x950412DE, 0, count, start, start + 8 * count, 0, 0) + keys + words + data


def faults(message: Message) -> list[str]:
    """What is wrong with a translation, in words of the developer."""
    if not message.is_translated:
        return ["is not translated"]
    found = []
    for source, words in zip((message.key[0], message.key[-1]), (message.words[0], message.words[-1]), strict=True):
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(words)):
            found.append("has other placeholders")
        if source[:1].isspace() != words[:1].isspace() or source[-1:].isspace() != words[-1:].isspace():
            found.append("has other spaces at its ends")
    return list(dict.fromkeys(found))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
