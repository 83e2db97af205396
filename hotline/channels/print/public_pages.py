"""Public pages: `/`, `/privacy`, `/terms`, `/opt-in` and the flyer to print, in each language of a community.

They are what neighbors find, and what whoever checks the registration of a number wants to see. A few KB each, without
a script, nothing from anywhere else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

import segno

from hotline.channels.catalogue import Catalogue, messages
from hotline.channels.print.card import direction, word_for
from hotline.model import phone_numbers

PAGES = ("", "opt-in", "privacy", "terms", "flyer")
"""What stands behind the language in an address; "" is the first page."""

STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fffdf8; --soft: #f1ece0; --line: #8a8271; --go: #7a2e0e }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f2eee4; --paper: #171512; --soft: #26231d; --line: #8f8878; --go: #ffb68c }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.5; font-size: 1.125rem;
  font-family: system-ui, "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", sans-serif }
main, nav, footer { max-width: 40rem; margin: 0 auto; padding: .5rem 1.25rem }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding-top: 1rem }
footer { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; border-top: 1px solid var(--line); margin-top: 2rem }
a { color: var(--go) }
nav a, footer a { padding-block: .4rem }
h1 { font-size: 1.9rem; line-height: 1.2; margin: .75rem 0 .25rem }
h2 { font-size: 1.3rem; margin: 2rem 0 .5rem }
.number { font-size: clamp(1.5rem, 9vw, 2rem); font-weight: 700; margin: .75rem 0; white-space: nowrap }
.ways { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0 }
.ways a { flex: 1 1 9rem; text-align: center; padding: .8rem 1rem; border: 2px solid var(--go); border-radius: .5rem;
  text-decoration: none; font-weight: 700 }
.ways a:first-child { background: var(--go); color: var(--paper) }
.emergency { border: 3px solid; border-radius: .5rem; padding: .6rem 1rem; font-weight: 700; margin: 1.25rem 0 }
.agree { background: var(--soft); border-radius: .5rem; padding: .8rem 1rem }
li { margin-block: .35rem }
.codes { display: flex; flex-wrap: wrap; justify-content: center; gap: 1rem 3rem; margin: 1.5rem 0; text-align: center }
.codes svg { display: block; width: 11rem; height: 11rem; border-radius: .25rem }
.codes figure { margin: 0 }
.flyer { text-align: center }
.flyer .number { font-size: clamp(1.5rem, 9vw, 3.6rem) }
.flyer .agree { font-size: .85rem; text-align: start }
@media print {
  @page { margin: 14mm }
  :root { --ink: #000; --paper: #fff; --soft: #fff; --line: #000; --go: #000 }
  nav, footer { display: none }
  main { max-width: none; padding: 0 }
  body { font-size: 14pt; line-height: 1.35 }
  .flyer h1 { font-size: 34pt }
  .flyer .number { font-size: 52pt }
  .flyer .codes svg { width: 55mm; height: 55mm }
  .flyer .agree { font-size: 10pt; padding: 0 }
}
"""
PAGE = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{languages}<main{kind}>
{inside}
</main>
{links}</body>
</html>
"""


@dataclass(frozen=True)
class Page:
    """One page, and the language that it is in."""

    language: str
    html: str


class PublicPages:
    """Each page by its path: "/privacy" in the community's first language, "/es/privacy" in each other. `number` is
    the hotline's own, in E.164."""

    def __init__(self, catalogue: Catalogue, number: str) -> None:
        self._catalogue, self._number = catalogue, number
        first, *others = catalogue.community.languages
        self._known = {f"/{page}": (first, page) for page in PAGES}
        self._known |= {f"/{language}/{page}": (language, page) for language in others for page in PAGES}
        self._made: dict[str, Page] = {}

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(self._known)

    def page(self, path: str) -> Page:
        """It is written when somebody first asks for it: starts are quick, and few read all of them."""
        if path not in self._made:
            language, name = self._known[path]
            up = "" if language == self._catalogue.community.languages[0] else "../"
            self._made[path] = _Writer(self._catalogue, language, self._number, up).page(name)
        return self._made[path]


def flyer(catalogue: Catalogue, language: str, number: str) -> str:
    """The flyer alone, as a file to print: it leads to no other page."""
    return _Writer(catalogue, language, number, None).page("flyer").html


def agreement(catalogue: Catalogue, language: str, number: str) -> str:
    """What somebody agrees to who texts us, in whole sentences: on the page, on the flyer, over a paper list."""
    return _Writer(catalogue, language, number, "").say("agree")


class _Writer:
    """Writes the pages of one language. `up` leads from a page to those of the first language; None where no page leads
    anywhere."""

    def __init__(self, catalogue: Catalogue, language: str, number: str, up: str | None) -> None:
        self._catalogue, self._language, self._number, self._up = catalogue, language, number, up
        self._community, self._file = catalogue.community, messages(language)
        self._says: Mapping[str, str] = {**self._file["card"], **self._file["pages"]}
        kept = self._community.retention
        self._values = {
            "community": self._community.name,
            "number": _isolated(phone_numbers.show(number)),
            "emergency": self._community.emergency,
            "needs": self._says["between"].join(catalogue.label(name, language) for name in self._community.needs),
            "word": word_for("volunteer", language),
            "times": str(self._community.rules.asks_per_week),
            "said_days": str(kept.said_days),
            "texts_days": str(max(kept.texts_in_days, kept.texts_out_days)),
            "people_days": str(kept.people_days),
        }

    def say(self, key: str) -> str:
        return self._says[key].format(**self._values)

    def page(self, name: str) -> Page:
        inside = {
            "": self._home,
            "opt-in": self._opt_in,
            "privacy": self._privacy,
            "terms": self._terms,
            "flyer": self._flyer,
        }[name]()
        linked = self._up is not None
        html = PAGE.format(
            language=self._language,
            direction=direction(self._language),
            title=escape(self._community.name),
            style=STYLE,
            languages=self._languages(name) if linked else "",
            kind=' class="flyer"' if name == "flyer" else "",
            inside="\n".join(inside),
            links=self._links(name) if linked else "",
        )
        return Page(self._language, html)

    def _home(self) -> Iterator[str]:
        calls = self._community.line.calls
        yield from self._head()
        yield self._ways()
        yield self._paragraph("any_phone" if calls else "any_phone_texts")
        yield self._paragraph("emergency", "emergency")
        yield self._heading("how")
        yield self._list("how_ask" if calls else "how_ask_texts", "how_asked", "how_heard")
        yield self._heading("give")
        yield self._paragraph("give_how")
        if calls:
            yield self._paragraph("save")
        yield self._agreed()

    def _opt_in(self) -> Iterator[str]:
        yield self._heading("opt_in", "h1")
        yield self._agreed()
        yield self._list("opt_in_first", "opt_in_give", "opt_in_list")
        yield self._paragraph("terms_stop")

    def _privacy(self) -> Iterator[str]:
        yield self._heading("privacy", "h1")
        told = ("privacy_kept", "privacy_who", "privacy_shared", "privacy_days", "privacy_yours")
        yield from map(self._paragraph, (*told, *(("privacy_calls",) if self._community.line.calls else ())))
        yield self._paragraph("privacy_carriers")

    def _terms(self) -> Iterator[str]:
        yield self._heading("terms", "h1")
        yield self._paragraph("terms_what")
        yield self._paragraph("emergency", "emergency")
        yield self._agreed()
        yield from map(self._paragraph, ("terms_cost", "terms_stop", "terms_late"))

    def _flyer(self) -> Iterator[str]:
        calls = self._community.line.calls
        yield from self._head()
        codes = [("sms", "scan_text"), *([("tel", "scan_call")] if calls else [])]
        yield f'<div class="codes">{"".join(self._code(scheme, key) for scheme, key in codes)}</div>'
        yield self._paragraph("how_ask" if calls else "how_ask_texts")
        yield self._paragraph("any_phone" if calls else "any_phone_texts")
        yield self._paragraph("give_how")
        yield self._paragraph("emergency", "emergency")
        if calls:
            yield self._paragraph("privacy_calls")
        yield self._agreed()

    def _head(self) -> Iterator[str]:
        yield f"<h1>{escape(self._community.name)}</h1>"
        yield self._paragraph("about")
        yield f'<p class="number"><bdi dir="ltr">{escape(phone_numbers.show(self._number))}</bdi></p>'

    def _ways(self) -> str:
        ways = [("sms", "text_us"), *([("tel", "call_us")] if self._community.line.calls else [])]
        links = (f'<a href="{scheme}:{escape(self._number)}">{escape(self.say(key))}</a>' for scheme, key in ways)
        return f'<p class="ways">{"".join(links)}</p>'

    def _agreed(self) -> str:
        calls = f" {self.say('agree_calls')}" if self._community.line.calls else ""
        return f'<p class="agree">{escape(self.say("agree") + calls)}</p>'

    def _code(self, scheme: str, key: str) -> str:
        """A code that opens the phone's own app with our number in it. White around it also where all else is dark."""
        drawn = segno.make(f"{scheme}:{self._number}", error="m", micro=False)
        picture = drawn.svg_inline(border=3, omitsize=True, dark="#000", light="#fff")
        return f"<figure>{picture}<figcaption>{escape(self.say(key))}</figcaption></figure>"

    def _heading(self, key: str, level: str = "h2") -> str:
        return f"<{level}>{escape(self.say(key))}</{level}>"

    def _paragraph(self, key: str, kind: str = "") -> str:
        marked = f' class="{kind}"' if kind else ""
        return f"<p{marked}>{escape(self.say(key))}</p>"

    def _list(self, *keys: str) -> str:
        return f"<ol>{''.join(f'<li>{escape(self.say(key))}</li>' for key in keys)}</ol>"

    def _languages(self, name: str) -> str:
        """The same page in each other language, under the language's own name."""
        first = self._community.languages[0]
        links = [
            f'<a lang="{each}" dir="{direction(each)}" hreflang="{each}" href="{self._up}{_place(each, first, name)}">'
            f"{escape(str(messages(each)['name']))}</a>"
            for each in self._community.languages
            if each != self._language
        ]
        return f"<nav>{''.join(links)}</nav>\n" if links else ""

    def _links(self, name: str) -> str:
        told = {"": self._community.name, **{page: self.say(page.replace("-", "_")) for page in PAGES if page}}
        links = (f'<a href="{page or "./"}">{escape(title)}</a>' for page, title in told.items() if page != name)
        return f"<footer>{''.join(links)}</footer>\n"


def _place(language: str, first: str, name: str) -> str:
    place = name if language == first else f"{language}/{name}"
    return place or "./"


def _isolated(number: str) -> str:
    """Left to right wherever it stands: in a sentence of Arabic it would be turned around."""
    return f"\u2066{number}\u2069"
