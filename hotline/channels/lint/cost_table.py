"""Cost table: the segments of every text in every language, as the page docs/texts.md."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hotline.channels import text
from hotline.channels.catalogue import Catalogue, messages
from hotline.channels.lint.fill_values import LONG, SHORT, USUAL, of_flows, of_the_house
from hotline.channels.lint.lint import is_checked
from hotline.channels.lint.sample_towns import longest, shortest, usual
from hotline.channels.segments import segments
from hotline.community.model import Community
from hotline.engine.session import Prompt, Values

HEAD = """# What every text costs

Made by `hotline words table > docs/texts.md`; a test sees to it that it is up to date.

A carrier bills by the segment: 160 plain letters, or 153 each where a text has several; 70 or 67 where one letter
is not plain, and in languages of another alphabet always. Each text is measured three times: with the shortest
names, labels and words that there can be, as it usually is, and with the longest that the community file and the
conversations allow. One figure says that all three cost the same; `1/1/2` that only the longest costs two.
Questions are measured with the choices on their first screen. What quotes free words in full (a request's details,
words passed on) goes on in further texts.
"""


@dataclass(frozen=True)
class Cost:
    """The segments of one text: with the shortest values, the usual ones, the longest."""

    short: int
    usual: int
    long: int

    def __str__(self) -> str:
        same = self.short == self.usual == self.long
        return str(self.usual) if same else f"{self.short}/{self.usual}/{self.long}"


Costs = Mapping[str, Cost]  # by the key of the wording


def costs(language: str, languages: tuple[str, ...]) -> Costs:
    """What each text costs in one language, in a community that speaks all of these."""
    return _compared(language, (shortest(languages), usual(languages), longest(languages)))


def costs_here(language: str, community: Community) -> Costs:
    """What each text costs in one language with the name and the labels of one community."""
    return _compared(language, (community, community, community))


def _compared(language: str, towns: tuple[Community, Community, Community]) -> Costs:
    values = zip(towns, (SHORT, USUAL, LONG), strict=True)
    short, usually, long = (_measured(language, community, told) for community, told in values)
    return {key: Cost(short[key], usually[key], long[key]) for key in usually}


def _measured(language: str, community: Community, told: Values) -> dict[str, int]:
    return {prompt.key: _cost(prompt, language, community) for prompt in once(community, told)}


def once(community: Community, told: Values) -> Iterator[Prompt]:
    """Everything that is said, one prompt a wording, as it is when nothing was missed."""
    yield from (each for each in of_flows(community, told) if not each.again)
    yield from of_the_house(community, told)


def _cost(prompt: Prompt, language: str, community: Community) -> int:
    return sum(map(segments, text.render((prompt,), language, Catalogue(community))))


def page(languages: tuple[str, ...]) -> str:
    """The whole page, as Markdown."""
    measured = {language: costs(language, languages) for language in languages}
    lines = [HEAD, *_summary(measured), "", *_by_key(measured)]
    return "\n".join(lines) + "\n"


def _summary(measured: Mapping[str, Costs]) -> Iterator[str]:
    yield "| language | read by a speaker | one segment, usually | two | more | one, at the longest | two | more |"
    yield "|---|---|---|---|---|---|---|---|"
    for language, known in measured.items():
        name = f"{messages(language)['name']} ({language})"
        counts = [*_counted([cost.usual for cost in known.values()]), *_counted([cost.long for cost in known.values()])]
        yield f"| {name} | {'yes' if is_checked(language) else 'not yet'} | {' | '.join(map(str, counts))} |"


def _counted(figures: list[int]) -> tuple[int, int, int]:
    ones, twos = figures.count(1), figures.count(2)
    return ones, twos, len(figures) - ones - twos


def _by_key(measured: Mapping[str, Costs]) -> Iterator[str]:
    yield f"| text | {' | '.join(measured)} |"
    yield "|---" * (len(measured) + 1) + "|"
    for key in next(iter(measured.values())):
        yield f"| {key} | {' | '.join(str(known[key]) for known in measured.values())} |"
