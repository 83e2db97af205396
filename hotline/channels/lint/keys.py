"""Key check: a message file has every key of the English one, with the same values in it, and nothing else."""

from collections.abc import Iterator, Mapping
from typing import Any

from hotline.channels.catalogue import languages, messages
from hotline.channels.lint.wordings import HOLE, OPTIONAL, SOURCE, Finding, said

MAY_BE_SILENT = (  # in a call what is offered says it all
    *("menu.language", "intake.language", "signup.language", "gift.language", "gifts.language"),
    *("lend.language", "borrow.language", "day.language", "days.language", "daily.language"),
    *("circle.language", "circles.language", "circle_join.language"),
    *("menu.what_next", "reach.how", "give_too.asked", "listen.asked"),
)
SHORTEST_CLAUSE = 5  # letters before the key; 2 where a letter is a word
ENDS = ".!。！؟ "


def shape(language: str) -> Iterator[Finding]:
    """Missing and extra keys, and those of the wrong kind."""
    wanted, given = _kinds(messages(SOURCE)), _kinds(messages(language))
    for key, kind in wanted.items():
        if key not in given and key not in OPTIONAL:
            yield Finding(language, key, "missing", f"translate {SOURCE}.toml's")
        elif given.get(key, kind) is not kind:
            yield Finding(language, key, "of the wrong kind", f"write it as in {SOURCE}.toml")
    for key in given:
        if key not in wanted and key not in OPTIONAL:
            yield Finding(language, key, f"{SOURCE}.toml has no such key", "take it out")


def _kinds(table: Mapping[str, Any], under: str = "") -> dict[str, type]:
    """Every key with a dot between the tables. What languages are called is looked at by itself."""
    found: dict[str, type] = {}
    for key, value in table.items():
        if isinstance(value, dict) and not (under == "" and key == "languages"):
            found |= _kinds(value, f"{under}{key}.")
        elif key != "languages":
            found[f"{under}{key}"] = type(value)
    return found


def values(language: str) -> Iterator[Finding]:
    """Each wording fills in what the English one does: another name would be filled in with nothing."""
    wanted = {(each.key, each.channel): each.holes for each in said(SOURCE)}
    for each in said(language):
        right = wanted.get((each.key, each.channel), each.holes)
        if each.words.count("{") != each.words.count("}") or each.words.count("{") < len(each.holes):
            yield Finding(language, each.key, f"{each.channel}: a brace too many or too few", each.words)
        for name in sorted(right - each.holes):
            yield Finding(
                language, each.key, f"{each.channel}: {{{name}}} is not there", f"say {{{name}}} as English does"
            )
        for name in sorted(each.holes - right):
            yield Finding(language, each.key, f"{each.channel}: {{{name}}} is not English's", "take it out")


def translated(language: str) -> Iterator[Finding]:
    """No sentence is still the English one: a file begins as a copy."""
    english = {(each.key, each.channel): each.words for each in said(SOURCE)}
    for each in said(language) if language != SOURCE else ():
        words = [word for word in HOLE.sub(" ", each.words).split() if len(word) > 1 and word.isalpha()]
        if len(words) > 1 and each.words == english.get((each.key, each.channel)):
            yield Finding(language, each.key, f"{each.channel}: still in English", "translate it")


def is_whole(language: str) -> bool:
    """Whether there is nothing missing that would keep a text from being made."""
    return not any(shape(language)) and not any("brace" in found.wrong for found in values(language))


def silence(language: str) -> Iterator[Finding]:
    """Nothing is left unsaid, and nothing begins or ends with a blank."""
    for each in said(language):
        if each.words != each.words.strip():
            yield Finding(language, each.key, f"{each.channel}: a blank at an end", each.words.strip())
        if not each.words and not (each.channel == "voice" and each.key in MAY_BE_SILENT):
            yield Finding(language, each.key, f"{each.channel}: no words", "say something")


def languages_known(language: str) -> Iterator[Finding]:
    """A person can ask for every language in each of the others."""
    named = messages(language).get("languages", {})
    for other in languages():
        if not named.get(other):
            yield Finding(language, f"languages.{other}", "missing", "write what people call that language")
    for other in sorted(set(named) - set(languages())):
        yield Finding(language, f"languages.{other}", "there is no such language", "take it out")


def key_comes_last(language: str) -> Iterator[Finding]:
    """ "For food, press 1": the ear forgets the number if it comes first."""
    least = 2 if messages(language).get("keeps_letters") else SHORTEST_CLAUSE
    for each in said(language):
        if each.channel == "voice" and "{key}" in each.words:
            before = each.words.split("{key}")[0]
            if not each.words.rstrip(ENDS).endswith("{key}") or len(before) <= least:
                yield Finding(language, each.key, "voice: the key comes first", "say what it does, then {key}")
