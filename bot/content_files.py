"""Reading the files of ``content/``: YAML against a model, texts with headings, plain texts.

Authors are physiotherapists, not programmers, so a fault is a line they can act on: the file, the line where there is
one, the key, and what is wrong in plain words. Reading goes on after a fault, so that one look shows all of them:
each ``read_`` method returns None for a file it had to refuse and adds to ``problems``. What is no fault but worth an
author's look goes to ``warnings``, in the same form.

What the files mean belongs to the catalogue; nothing here knows an exercise from a clinic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pydantic_core import ErrorDetails

_Model = TypeVar("_Model", bound=BaseModel)

_YAML_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same in C where it was built
_PLAIN_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a known key",
    "string_type": "is not a text; put it in quotes",
    "too_long": "has {actual_length} entries, and may have {max_length}",
}
_MARKUP = ("**", "__", "](", "`", "<")


class ContentFiles:
    """The files below one folder, and the problems found while reading them."""

    def __init__(self, root: Path) -> None:
        """Take the content folder; nothing is read yet."""
        self._root = root
        self.problems: list[str] = []
        self.warnings: list[str] = []
        self._lines: dict[Path, dict[tuple[str, ...], int]] = {}

    def report(self, path: Path, problem: str, *, key: str = "", line: int | None = None) -> None:
        """Add a problem as ``file:line: key: problem``, the file named from the content folder on.

        Of a file that was read, the line is that of the key unless given, or of the key around it.
        """
        self.problems.append(self._told(path, problem, key, line))

    def warn(self, path: Path, warning: str, *, key: str = "") -> None:
        """Add a warning of the same form."""
        self.warnings.append(self._told(path, warning, key, None))

    def _told(self, path: Path, text: str, key: str, line: int | None) -> str:
        place = path.relative_to(self._root.parent).as_posix()
        keys = tuple(key.split("."))
        while line is None and keys:
            line, keys = self._lines.get(path, {}).get(keys), keys[:-1]
        if line is not None:
            place += f":{line}"
        return ": ".join(part for part in (place, key, " ".join(text.split())) if part)

    def read_text(self, path: Path) -> str | None:
        """Return the file's text; a missing, empty or non-UTF-8 file is a problem."""
        try:
            text = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            self.report(path, "is missing")
        except OSError as error:
            self.report(path, f"cannot be read ({error.strerror})")
        except UnicodeDecodeError:
            self.report(path, "is not saved as UTF-8")
        else:
            if text.strip():
                return text
            self.report(path, "is empty")
        return None

    def read_yaml(self, path: Path, model: type[_Model]) -> _Model | None:
        """Return the file as a model; broken YAML, a key written twice and every violation are problems."""
        text = self.read_text(path)
        if text is None:
            return None
        loader = _YAML_LOADER(text)
        try:
            node = loader.get_single_node()
            data = loader.construct_document(node) if node is not None else {}
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            self.report(path, f"not YAML: {error.problem}", line=mark.line + 1 if mark else None)
            return None
        finally:
            loader.dispose()
        lines = self._lines[path] = {}
        try:
            doubles = _walk(node, (), lines)
        except RecursionError:
            self.report(path, "nests too deep, or refers to itself with *")
            return None
        for twice in doubles:
            self.report(path, "is there twice", key=".".join(twice), line=lines[twice])
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_input=False):
                self._report_fault(path, fault)
        return None

    def read_sections(self, path: Path, headings: Iterable[str]) -> dict[str, str] | None:
        """Return a text's sections by heading, and its title under ``""``; every heading must be there, once."""
        text = self.read_text(path)
        if text is None:
            return None
        before = len(self.problems)
        expected = tuple(headings)
        sections = self._split(path, text, expected)
        for heading in ("", *expected):
            if not any(sections.get(heading, ())):
                self.report(path, "is missing or empty", key=heading or "the name (a first line that begins with #)")
        if len(self.problems) > before:
            return None
        return {heading: _flow(lines) for heading, lines in sections.items()}

    def _split(self, path: Path, text: str, expected: tuple[str, ...]) -> dict[str, list[str]]:
        """Return the lines below each heading."""
        sections: dict[str, list[str]] = {}
        lines = self._lines[path] = {}
        current: list[str] | None = None
        for number, line in enumerate((line.strip() for line in text.splitlines()), start=1):
            if line.startswith("## "):
                heading = line[3:].strip()
                if heading not in expected:
                    self.report(
                        path, f"is not a heading of this file; use {', '.join(expected)}", key=heading, line=number
                    )
                elif heading in sections:
                    self.report(path, "is there twice", key=heading, line=number)
                current = sections.setdefault(heading, [])
                lines[(heading,)] = number
            elif line.startswith("# "):
                sections[""] = [line[2:].strip()]
            elif current is not None:
                current.append(line)
            elif line:
                self.report(path, "text before the first heading", line=number)
            self._report_markup(path, line, number)
        return sections

    def _report_markup(self, path: Path, line: str, number: int) -> None:
        for mark in _MARKUP:
            if mark in line:
                self.report(path, f"{mark} would be shown as it stands; write plain text", line=number)

    def _report_fault(self, path: Path, fault: ErrorDetails) -> None:
        keys = (str(part) for part in fault["loc"] if part != "[key]")
        plain = _PLAIN_WORDS.get(fault["type"])
        message = fault["msg"].removeprefix("Value error, ") if plain is None else plain.format(**fault.get("ctx", {}))
        self.report(path, message, key=".".join(keys))


def _walk(node: yaml.Node | None, place: tuple[str, ...], lines: dict[tuple[str, ...], int]) -> list[tuple[str, ...]]:
    """Note the line of every key and item in ``lines``; return the keys that are there twice."""
    twice = []
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*place, str(key.value))
            if inner in lines:
                twice.append(inner)
            lines[inner] = key.start_mark.line + 1
            twice += _walk(value, inner, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            inner = (*place, str(index))
            lines[inner] = item.start_mark.line + 1
            twice += _walk(item, inner, lines)
    return twice


def _flow(lines: list[str]) -> str:
    """Join wrapped lines into paragraphs, one to a line; list items get a bullet and a line of their own."""
    text = ""
    for line in lines:
        if line.startswith(("- ", "* ")):
            text += f"\n• {line[2:].strip()}"
        elif line:
            text += line if not text or text.endswith("\n") else f" {line}"
        elif text and not text.endswith("\n"):
            text += "\n"
    return text.replace("\n\n", "\n").strip()
