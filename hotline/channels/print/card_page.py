"""Wallet card and fridge sheet as a page for a printer: Letter or A4, black on white, nothing fetched."""

from collections.abc import Iterable
from html import escape

from hotline.channels.print.card import Card, Row

CARDS_ON_A_PAGE = 4

PAGE = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><title>{community}: {number}</title>
<style>
@page {{ margin: 12mm }}
* {{ box-sizing: border-box; margin: 0; padding: 0 }}
body {{ font-family: Verdana, "DejaVu Sans", "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", sans-serif }}
section {{ break-after: page }}
section:last-of-type {{ break-after: auto }}
td {{ vertical-align: top; text-align: start; padding-block: .12em }}
td:first-child {{ font-weight: bold; white-space: nowrap; padding-inline-end: .9em }}
td.words {{ white-space: normal; font-weight: normal }}
.number {{ font-weight: bold }}
.two {{ display: grid; grid-template-columns: 1fr 1fr; column-gap: 1.5em }}
tr.first td {{ border-bottom: 1pt solid #999 }}
.sheet {{ font-size: 15pt; line-height: 1.3 }}
.sheet h1 {{ font-size: 26pt; line-height: 1.15 }}
.sheet .number {{ font-size: 44pt; line-height: 1.3; display: block }}
.sheet h2 {{ font-size: 18pt; margin: .6em 0 .2em; border-bottom: 2pt solid #000 }}
.sheet .emergency {{ font-size: 18pt; font-weight: bold; border: 3pt solid #000; padding: .25em .5em; margin: .4em 0 }}
.cards {{ display: grid; grid-template-columns: 86mm 86mm; gap: 5mm; justify-content: center }}
.card {{ width: 86mm; border: .5pt dashed #777; font-size: 6.8pt; line-height: 1.22; break-inside: avoid }}
.face {{ height: 54mm; padding: 3mm 4mm }}
.face + .face {{ border-top: .5pt dotted #777 }}
.card h1 {{ font-size: 12pt; line-height: 1.15 }}
.card .number {{ font-size: 20pt; display: block; line-height: 1.3 }}
.card .emergency {{ font-weight: bold; font-size: 8.5pt }}
.card h2 {{ font-size: 8pt; margin: .4em 0 .1em; border-bottom: .5pt solid #000 }}
.card td {{ padding-block: .02em }}  /* alone: the room between a key and what it does stays */
@media screen {{ body {{ max-width: 190mm; margin: 1em auto }} section {{ margin-bottom: 3em }} }}
</style>
{sections}
</html>
"""
SHEET = """<section class="sheet" lang="{language}" dir="{direction}">{inside}</section>"""
CARDS = """<section class="cards" lang="{language}" dir="{direction}">{cards}</section>"""
CARD = """<article class="card"><div class="face">{head}{keys}</div><div class="face">{words}</div></article>"""
HEAD = """<h1>{community}</h1><p class="number"><bdi dir="ltr">{number}</bdi></p>{about}
<p class="emergency">{emergency}</p>"""
KEYS = """<div class="two"><div><h2>{call}</h2>{calling}</div><div><h2>{any_time}</h2>{at_any_time}</div></div>"""
WORDS = """<h2>{text}</h2>{texting}"""
ROW = """<tr class="{place}"><td><bdi>{sign}</bdi></td> <td>{meaning}</td></tr>"""
WIDE = """<tr><td class="words" colspan="2"><b><bdi>{sign}</bdi></b> &nbsp;{meaning}</td></tr>"""


def as_page(cards: Iterable[Card]) -> str:
    """For each language a sheet in large print, and a page of cards to cut out."""
    cards = tuple(cards)
    first = cards[0]
    return PAGE.format(
        language=escape(first.language),
        community=escape(first.community),
        number=escape(first.number),
        sections="\n".join(map(_sections, cards)),
    )


def as_text(card: Card) -> str:
    """The same for a terminal, or to paste anywhere."""
    words = card.words
    parts = (
        (words["call"], (*card.choosing, *card.menu)),
        (words["any_time"], card.at_any_time),
        (words["text"], card.texting),
    )
    lines = [card.community, card.number, words["about"], words["emergency"]]
    for title, rows in parts:
        lines += ["", f"{title}:", *(f"  {row.sign:<14} {row.meaning}" for row in rows)]
    return "\n".join(lines)


def _sections(card: Card) -> str:
    marks = {"language": escape(card.language), "direction": card.direction}
    keys, words = _keys(card), WORDS.format(text=escape(card.words["text"]), texting=_table(card.texting))
    about = f"<p>{escape(card.words['about'])}</p>"
    cut_out = CARD.format(head=_head(card), keys=keys, words=words) * CARDS_ON_A_PAGE
    return SHEET.format(**marks, inside=_head(card, about) + keys + words) + CARDS.format(**marks, cards=cut_out)


def _head(card: Card, about: str = "") -> str:
    return HEAD.format(
        community=escape(card.community),
        number=escape(card.number),
        about=about,
        emergency=escape(card.words["emergency"]),
    )


def _keys(card: Card) -> str:
    """The language stands apart: it is asked only once."""
    return KEYS.format(
        call=escape(card.words["call"]),
        calling=_table((*card.choosing, *card.menu), first=len(card.choosing)),
        any_time=escape(card.words["any_time"]),
        at_any_time=_table(card.at_any_time),
    )


def _table(rows: Iterable[Row], first: int = 0) -> str:
    """Rows, the first ones of which are set apart."""
    return f"<table>{''.join(_row(row, place < first) for place, row in enumerate(rows))}</table>"


def _row(row: Row, apart: bool) -> str:
    """Several words take the whole line, so that all others have room."""
    told = {"sign": escape(row.sign), "meaning": escape(row.meaning)}
    return WIDE.format(**told) if "," in row.sign else ROW.format(place="first" if apart else "other", **told)
