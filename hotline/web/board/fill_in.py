"""Filling in: a page of ours with what was typed into one of its forms before, whichever form that is.

It works on the page as it was made: no form has to know of it. The versions that the form carried go with what was
typed, so that what somebody else did meanwhile is told as at any other press.
"""

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

NEW_EACH_TIME = frozenset(("press", "kept"))
Attributes = list[tuple[str, str | None]]


@dataclass
class _Form:
    """One form of the page: what is to be put where (its own tag first), the names of its fields, and how much of what
    it carries unseen is the same as what was sent."""

    attributes: Attributes
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    placed: set[str] = field(default_factory=set)
    same: int = 0


Notice = Callable[[frozenset[str] | None], str]


def filled_in(page: str, action: str, typed: Mapping[str, str], notice: Notice, token: str) -> str:
    """The page with what was typed in its form of that action, which is found under the id "kept" then; of several
    such forms it is the one that carries most of the same. `notice` says what stands at the top, given the fields that
    have a place in the form, None where there is no such form; `token` goes along in it."""
    reader = _Reader(page, action, typed)
    reader.feed(page)
    reader.close()
    form = max(reader.forms, key=lambda form: form.same, default=None)
    edits = [(reader.top, reader.top, notice(frozenset(form.placed) if form else None))] if reader.top else []
    if form:
        start, end, _ = form.edits[0]
        hidden = _tag("input", [("type", "hidden"), ("name", "kept"), ("value", token)])
        edits += [(start, end, f'<a id="kept"></a>{_tag("form", form.attributes)}{hidden}'), *form.edits[1:]]
    for start, end, text in sorted(edits, reverse=True):
        page = page[:start] + text + page[end:]
    return page


class _Reader(HTMLParser):
    def __init__(self, page: str, action: str, typed: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[_Form] = []
        self.top = 0  # behind <main>
        self._lines = [0]
        for line in page.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._action, self._typed = action, typed
        self._form: _Form | None = None
        self._text: tuple[int, str] | None = None  # where an open textarea begins, and its name
        self._select = ""

    @property
    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        start, end = self._at, self._at + len(self.get_starttag_text() or "")
        told = {name: value or "" for name, value in attrs}
        if tag == "main":
            self.top = end
        elif tag == "form":
            self._form = _Form(attrs, [(start, end, "")]) if told.get("action") == self._action else None
            self.forms += [self._form] if self._form else []
        elif self._form:
            self._field(self._form, tag, attrs, told, start, end)

    def _field(self, form: _Form, tag: str, attrs: Attributes, told: Mapping[str, str], start: int, end: int) -> None:
        name, typed = told.get("name", ""), self._typed
        if tag == "button" and name:
            form.placed.add(name)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select in typed:
            is_it = told.get("value", "") == typed[self._select]
            form.placed |= {self._select} if is_it else set()
            form.edits.append((start, end, _tag(tag, _marked(attrs, "selected", is_it))))
        elif tag == "textarea" and name in typed:
            self._text = (end, name)
        elif tag == "input" and name not in NEW_EACH_TIME and told.get("type") != "file":
            self._input(form, attrs, told, start, end)

    def _input(self, form: _Form, attrs: Attributes, told: Mapping[str, str], start: int, end: int) -> None:
        name, typed, value = told.get("name", ""), self._typed, told.get("value", "")
        if told.get("type") in ("radio", "checkbox"):
            is_it = typed.get(name) == value
            form.placed |= {name} if is_it else set()
            form.edits.append((start, end, _tag("input", _marked(attrs, "checked", is_it))))
        elif name in typed:
            form.placed.add(name)
            form.same += told.get("type") == "hidden" and typed[name] == value
            rest = [each for each in attrs if each[0] != "value"]
            form.edits.append((start, end, _tag("input", [*rest, ("value", typed[name])])))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._text and self._form:
            begins, name = self._text
            self._form.placed.add(name)
            self._form.edits.append((begins, self._at, "\n" + html.escape(self._typed[name], quote=False)))
            self._text = None


def _marked(attrs: Attributes, mark: str, is_it: bool) -> Attributes:
    rest = [each for each in attrs if each[0] != mark]
    return [*rest, (mark, None)] if is_it else rest


def _tag(name: str, attrs: Attributes) -> str:
    told = "".join(f" {key}" if value is None else f' {key}="{html.escape(value)}"' for key, value in attrs)
    return f"<{name}{told}>"
