"""Public pages: a few KB for everybody, in each language, with nothing that runs or comes from elsewhere."""

import asyncio
import re
import tomllib
from base64 import b64encode
from hashlib import sha256
from html import unescape
from pathlib import Path
from string import Formatter
from urllib.parse import urljoin

import aiohttp
import pytest

from hotline.channels.catalogue import Catalogue, languages, messages
from hotline.channels.print.public_pages import PAGES, PublicPages, flyer
from hotline.community.reading import from_table
from hotline.model.line import Line
from hotline.web.public_pages import headers
from tests.world import NUMBER, speaking, world

SPOKEN = ("en", "es", "ar")
LARGEST = 8 * 1024  # bytes: read within a second on the slowest of lines
LINK = re.compile(r'href="([^"]*)"')


def catalogue(spoken: tuple[str, ...] = SPOKEN) -> Catalogue:
    return Catalogue(from_table(tomllib.loads(speaking(spoken)), languages()))


def test_every_page_is_served_and_every_link_on_it_leads_somewhere(tmp_path: Path) -> None:
    async def walk() -> dict[str, aiohttp.ClientResponse]:
        read: dict[str, aiohttp.ClientResponse] = {}
        async with world(tmp_path, speaking(SPOKEN)) as place, aiohttp.ClientSession(place.settings.public_url) as web:
            to_read = ["/", "/es"]
            while to_read:
                path = to_read.pop()
                async with web.get(path) as answer:
                    read[path] = answer
                    for link in LINK.findall(await answer.text()):
                        other = urljoin(answer.url.path, unescape(link))
                        if ":" not in other and other not in read:
                            to_read.append(other)
        return read

    read = asyncio.run(walk())
    assert {path: answer.status for path, answer in read.items() if answer.status != 200} == {}
    assert set(read) >= set(PublicPages(catalogue(), NUMBER).paths)
    assert {answer.headers["content-language"] for answer in read.values()} == set(SPOKEN)
    assert all("default-src 'none'" in answer.headers["content-security-policy"] for answer in read.values())


@pytest.mark.parametrize("language", languages())
def test_a_page_is_small_and_alone(language: str) -> None:
    pages = PublicPages(catalogue((language,)), NUMBER)
    assert len(pages.paths) == len(PAGES)
    for path in pages.paths:
        html = pages.page(path).html
        assert len(html.encode()) < LARGEST, path
        assert not re.search(r"<script|<img|<link|https?:(?!//www\.w3\.org/2000/svg)|url\(|\{\w+\}", html), path
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html


def test_what_somebody_agrees_to_stands_wherever_the_number_is_shown() -> None:
    pages = PublicPages(catalogue(("en",)), NUMBER)
    for path in ("/", "/opt-in", "/terms", "/flyer"):
        html = pages.page(path).html
        for said in ("Eastside Mutual Aid", "Message and data rates may apply", "HELP", "STOP", "up to 5 a week"):
            assert said in html, (path, said)
    assert "third parties" in pages.page("/privacy").html
    assert "90 days" in pages.page("/privacy").html


def test_the_codes_text_and_call_us() -> None:
    here = catalogue(("en",))
    assert flyer(here, "en", NUMBER).count("<svg") == 2
    assert "href" not in flyer(here, "en", NUMBER)
    drawer = Catalogue(here.community.on(Line(calls=False)))
    assert flyer(drawer, "en", NUMBER).count("<svg") == 1
    assert "tel:" not in PublicPages(drawer, NUMBER).page("/").html
    assert "just call" not in PublicPages(drawer, NUMBER).page("/opt-in").html


def test_only_our_own_style_is_let_in() -> None:
    page = PublicPages(catalogue(("en",)), NUMBER).page("/")
    style = page.html.split("<style>")[1].split("</style>")[0]
    assert b64encode(sha256(style.encode()).digest()).decode() in headers(page)["content-security-policy"]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("part", ["card", "pages"])
def test_what_is_printed_fills_in_the_same_in_each_language(part: str, language: str) -> None:
    def holes(words: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(words) if name}

    said, english = messages(language)[part], messages("en")[part]
    assert {key: holes(words) for key, words in said.items()} == {key: holes(words) for key, words in english.items()}
