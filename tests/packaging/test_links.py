"""Links: every one in a page of the project leads to a file that is there, and to a heading that is in it."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("tests/*.md"), *ROOT.glob("tests/corpus/*.md")})
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)


@cache
def headings(page: Path) -> frozenset[str]:
    """The places in a page, as the sites that show it name them."""
    titles = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.M | re.S), re.M)
    plain = (re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).lower() for title in titles)
    return frozenset(re.sub(r"[^\w\- ]", "", title).strip().replace(" ", "-") for title in plain)


def broken(page: Path) -> list[str]:
    found = []
    for link in LINK.findall(CODE.sub("", page.read_text("utf-8"))):
        path, _, place = link.partition("#")
        if "://" in link or link.startswith("mailto:"):
            continue
        to = (page.parent / path).resolve() if path else page
        if not to.exists() or (place and to.suffix == ".md" and place not in headings(to)):
            found.append(link)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert broken(page) == []


def test_every_page_is_in_the_index() -> None:
    """What nobody can find is not read: from the index, by pages that it leads to."""
    seen, to_read = set[Path](), [ROOT / "docs" / "README.md"]
    while to_read:
        page = to_read.pop()
        seen.add(page)
        links = LINK.findall(CODE.sub("", page.read_text("utf-8")))
        paths = ((page.parent / link.partition("#")[0]).resolve() for link in links if "://" not in link)
        to_read += [each for each in paths if each.suffix == ".md" and each.is_file() and each not in seen]
    assert [page.name for page in PAGES if page not in seen and page.parent.name == "docs"] == []


def test_a_broken_link_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One\n[a](#one) [b](#two) [c](nothing.md) `[d](code.md)` [e](https://example.org)\n", "utf-8")
    assert broken(page) == ["#two", "nothing.md"]
