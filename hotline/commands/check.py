"""Command `check`: every mistake in the settings, the community file and the words, all at once."""

import difflib
import io
import time
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from dotenv.parser import parse_stream

from hotline import settings
from hotline.channels import own_words
from hotline.channels.catalogue import MessagesError
from hotline.channels.catalogue import check as check_words
from hotline.channels.lint.lint import check_community, check_said
from hotline.commands import Chosen, command, community
from hotline.community.model import Community, CommunityError
from hotline.doctor.findings import Finding
from hotline.flows import wordings
from hotline.settings import SettingError, Settings

STAND_INS = {"URL": "https://stand-in.example.org", "NUMBER": "+12125550100"}  # for what is not set, or wrong
LONG_WORD = "a stand-in of many letters"


def add(commands: Any) -> None:
    command(commands, "check", "everything that is wrong with .env, the community file and the words; 1 if any", _check)


def _check(_: Chosen) -> int:
    found = list(dict.fromkeys(mistakes(settings.environment(), Path())))
    for sentence in found:
        print(sentence)
    if found:
        print(f"{len(found)} to mend.")
        return 1
    later = list(_before_it_goes_live())
    for each in later:
        print(f"Before it goes live: {each.wrong} {each.mend}")
    print("Nothing else is wrong." if later else "Nothing is wrong. What is seen only from outside: hotline doctor")
    return 0


def _before_it_goes_live() -> Iterator[Finding]:
    """What is right for a try on this machine, and wrong for people: an address without a lock, a token in no form."""
    from hotline.carriers.provider import provider
    from hotline.doctor.examination import of_forms

    here = settings.read()
    of = provider(here, community(Path(here.community_file)).country, time.time)
    yield from of_forms(here, of.inspection(), of.webhooks.paths)


def mistakes(environment: Mapping[str, str], folder: Path, *, words: bool = True) -> Iterator[str]:
    """All of them, each in one sentence. To look at the `words` takes some seconds."""
    yield from of_dotenv(folder / ".env")
    yield from of_settings(environment, folder)
    try:
        here = community(settings.database(environment, folder)[1])
    except SettingError:
        return
    except (CommunityError, MessagesError) as error:
        yield from error.all
        return
    if words:
        yield from of_words(here, own_words.beside(settings.database(environment, folder)[1]))


def of_dotenv(file: Path) -> Iterator[str]:
    """Lines that cannot be read, names that are no setting, and those that stand there twice."""
    known = {each.name.upper() for each in fields(Settings)}
    seen: set[str] = set()
    for line, name, readable in _lines(file):
        where = f"{file}, line {line}"
        if not readable or name is None:
            yield f"{where}: it cannot be read; write NAME=value, or # before a remark"
        elif name not in known:
            near = difflib.get_close_matches(name.upper(), sorted(known), 1, 0.7)
            perhaps = f"do you mean {near[0]}?" if near else "take it out, or see .env.example"
            yield f"{where}: {name} is no setting; {perhaps}"
        elif name in seen:
            yield f"{where}: {name} stands there twice, and the last one counts; keep one of them"
        seen.add(name or "")


def _lines(file: Path) -> Iterator[tuple[int, str | None, bool]]:
    """(line, name, whether it can be read) of everything in the file that is no remark."""
    try:
        content = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return  # reading the settings says why
    for binding in parse_stream(io.StringIO(content)):
        if binding.error or binding.key is not None:
            blank = len(binding.original.string) - len(binding.original.string.lstrip("\n"))
            yield binding.original.line + blank, binding.key, not binding.error and binding.value is not None


def of_settings(environment: Mapping[str, str], folder: Path) -> Iterator[str]:
    """What is wrong with the settings. Each that is found gets a value that can work, so that the next is found too."""
    mended: dict[str, str] = {}
    while True:
        try:
            settings.read({**environment, **mended}, folder)
            return
        except SettingError as error:
            yield str(error)
            name = next((each for each in _names() if str(error).startswith(each)), "")
            if not name or name in mended:
                return
            mended[name] = _stand_in(name)


def _names() -> list[str]:
    """The longest first: CONNECTIONS_PER_ADDRESS begins with another's name."""
    return sorted((each.name.upper() for each in fields(Settings)), key=len, reverse=True)


def _stand_in(name: str) -> str:
    usual = getattr(Settings, name.lower(), "")
    ends = next((value for end, value in STAND_INS.items() if name.endswith(end)), LONG_WORD)
    return str(usual) if usual not in ("", None) else ends


def of_words(here: Community, own: Path) -> Iterator[str]:
    """What is wrong with what is said, in each of the community's languages, with its own labels and its own words."""
    try:
        check_words(here.languages, wordings())
    except MessagesError as error:
        yield str(error)
        return
    for language in here.languages:
        otherwise = own_words.said_otherwise(own).get(language, set())
        for finding in (*check_said(language, otherwise), *check_community(language, here)):
            yield f"{finding.key} ({finding.language}): {finding.wrong}; {finding.fix}"
