"""Accessibility: what axe finds on a page, by the rules of WCAG. Without axe installed they are skipped."""

from typing import Any

import pytest

axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed: pip install -e '.[dev]'")
SCRIPT = axe.AXE_FILE_PATH.read_text("utf-8")
ASKED = """async () => (await axe.run({resultTypes: ['violations']})).violations.flatMap(
  (each) => each.nodes.map((node) => `${each.id}: ${node.html.slice(0, 120)}`))"""


def found_in_turn(page: Any) -> list[str]:
    """Rule and element of each violation, for a page that is driven without waiting."""
    page.evaluate(SCRIPT)
    return list(page.evaluate(ASKED))


async def found(page: Any) -> list[str]:
    """The same, for a page that is awaited."""
    await page.evaluate(SCRIPT)
    return list(await page.evaluate(ASKED))
