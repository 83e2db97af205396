"""Recording sheet: the numbered prompts that somebody reads aloud while recording."""

from collections.abc import Iterable
from html import escape

from hotline.model.recordings import Piece

PAGE = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><title>{community}: {language}</title>
<style>body {{ font: 14pt/1.5 sans-serif; margin: 2em }} td {{ vertical-align: top; padding: .2em .8em .2em 0 }}
tr {{ break-inside: avoid }} small {{ color: #555 }}</style>
<h1>{community}: {language}</h1>
<table>
{rows}
</table>
</html>
"""
ROW = "<tr><td><b>{number}</b></td><td>{words}<br><small>{name}</small></td></tr>"


def as_text(pieces: Iterable[tuple[int, Piece]]) -> str:
    """One line a piece."""
    return "\n".join(f"{number:>4}  {piece.words}    ({piece.name})" for number, piece in pieces)


def as_page(community: str, language: str, pieces: Iterable[tuple[int, Piece]]) -> str:
    """A page for a printer, in large letters."""
    rows = [ROW.format(number=number, words=escape(each.words), name=escape(each.name)) for number, each in pieces]
    return PAGE.format(community=escape(community), language=escape(language), rows="\n".join(rows))
