"""Length check: texts longer than two segments, and letters that force short segments."""

from collections.abc import Iterator, Set

from hotline.channels import text
from hotline.channels.catalogue import Catalogue, languages, messages
from hotline.channels.lint import keys, sample_towns
from hotline.channels.lint.fill_values import everything, title
from hotline.channels.lint.wordings import Finding, texts
from hotline.channels.segments import cheaper, costly_letters, segments
from hotline.community.model import Community
from hotline.engine.session import Prompt

MOST = text.MOST_SEGMENTS


def costly(language: str) -> Iterator[Finding]:
    """Letters that turn a whole text into segments of 70; a language that cannot be read without them may keep them."""
    if messages(language).get("keeps_letters"):
        return
    for each in texts(language):
        if each.key.startswith("labels."):  # heard as well, with their accents; texts are made plain
            continue
        letters = "".join(sorted(costly_letters(each.words)))
        if letters:
            yield Finding(language, each.key, f"text: {letters} cost double", _plain(each.words))


def _plain(words: str) -> str:
    plain = cheaper(words)
    return plain if plain != words else "say it with plain letters"


def too_long(language: str) -> Iterator[Finding]:
    """Every text, and what is said in one breath, with everything in it as long as it may be."""
    if keys.is_whole(language):  # a file is measured when it is whole
        yield from of_community(language, sample_towns.longest(languages()))


def of_community(language: str, community: Community, of: Set[str] | None = None) -> Iterator[Finding]:
    """The same with the name and the labels of one community; only what has one `of` these wordings in it, if any are
    named."""
    catalogue = Catalogue(community)
    most = 2 if catalogue.keeps_letters(language) else 1  # texts beside one a prompt: for free words quoted in full
    for prompts in everything(community):
        if of is not None and of.isdisjoint(prompt.key for prompt in prompts):
            continue
        parts = text.render(prompts, language, catalogue)
        cost = max(map(segments, parts), default=0)
        if cost > MOST:
            worst = max(parts, key=segments)
            yield Finding(language, title(prompts), f"text: {cost} segments", f"shorten it: {worst}")
        elif not 1 <= len(parts) <= most * max(1, _quotes(prompts, language, catalogue)) + len(prompts):
            yield Finding(language, title(prompts), f"text: {len(parts)} texts", "shorten it")


def _quotes(prompts: tuple[Prompt, ...], language: str, catalogue: Catalogue) -> int:
    """How many free words these quote in full."""
    whole = (prompt for prompt in prompts if catalogue.keeps_whole(prompt))
    return sum(len(catalogue.fields(prompt, language) & {"details", "words"}) for prompt in whole)
