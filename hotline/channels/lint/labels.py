"""Label check: labels of a community file that mean something else already, or have letters that cost more."""

from collections.abc import Iterator, Mapping

from hotline.channels.catalogue import messages
from hotline.channels.lint.keywords import meant
from hotline.channels.lint.sample_towns import AREAS
from hotline.channels.lint.wordings import Finding
from hotline.channels.segments import cheaper, costly_letters
from hotline.community.model import Area, Community, Need

LINKS = frozenset(("filler", "to", "in", "at", "for", "not", "every", "next", "until", "half"))  # small words


def of_community(language: str, community: Community) -> Iterator[Finding]:
    """What its file calls needs and areas in one language."""
    topics: dict[str, Mapping[str, Need] | Mapping[str, Area]] = {"needs": community.needs, "areas": community.areas}
    for part, found in topics.items():
        for name, topic in found.items():
            yield from _label(language, f"{part}.{name}", topic.labels[language], name)


def _label(language: str, key: str, label: str, name: str) -> Iterator[Finding]:
    # What a small need is called is often a word for something else; and "a ride" speaks of no time by its "a".
    # The places of the town in which words are tried are no places here.
    others = meant(label) - {name, "other", *AREAS} - (LINKS if " " in label else frozenset())
    if others:
        yield Finding(language, key, f"{label!r} means {', '.join(sorted(others))}", "choose another label")
    letters = "".join(sorted(costly_letters(label)))
    if letters and not messages(language).get("keeps_letters"):
        yield Finding(language, key, f"{letters} cost double", f"{cheaper(label)} (texts are sent so)")
