"""Commands `groups import` and `groups list`: who else helps here, from an Open Referral file."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from hotline import settings
from hotline.channels.parsing.parser import Hearing
from hotline.commands import Chosen, Wrong, command, community, group, names
from hotline.community.hsds import CannotRead, read
from hotline.community.import_groups import Preview, Taken, Usual, preview, write
from hotline.community.model import OTHER, Community
from hotline.community.other_groups import GROUPS_FILE
from hotline.model.rules import Group


def add(commands: Any) -> None:
    groups = group(commands, "groups", "who else helps here")
    new = command(
        groups, "import", "many at once, from an Open Referral (HSDS) file: shows what becomes of each", _import
    )
    new.add_argument("file", type=Path, help="3.0 JSON, or a CSV package of 2.0.1 or 1.1, as a folder or a zip")
    new.add_argument("--needs", default="", help="for rows that do not say what they give, such as other")
    new.add_argument("--areas", default="", help="for rows that do not say where they help, such as north,downtown")
    new.add_argument(
        "--word", action="append", default=[], help="a word of the file that means a need, such as meals=food"
    )
    new.add_argument(
        "--yes", action="store_true", help=f"write them into {GROUPS_FILE}, in place of those imported before"
    )
    command(groups, "list", "all that are told to who asks", _list)


def _import(chosen: Chosen) -> int:
    _, file = settings.database()
    here = community(file)
    try:
        found = read(chosen.file, date.today())
    except CannotRead as error:
        raise Wrong(str(error)) from None
    becomes = preview(found.services, here, _usual(chosen, here), needs_in(here))
    _tell(becomes, found.wrong)
    target = Path(file).with_name(GROUPS_FILE)
    if not becomes.taken:
        print("None of them can be told. Nothing is written.")
    elif chosen.yes:
        write(target, becomes.taken)
        community(file)  # what is written is what the hotline reads
        print(f"{len(becomes.taken)} are in {target}. They are told once the hotline starts anew.")
    else:
        print(f"Nothing is written yet. {len(becomes.taken)} can be told: add --yes.")
    return 1 if found.wrong or becomes.left else 0


def _usual(chosen: Chosen, here: Community) -> Usual:
    needs = names(chosen.needs, here.needs_offered, "--needs") if chosen.needs else ()
    areas = names(chosen.areas, tuple(here.areas), "--areas") if chosen.areas else ()
    words = [tuple(each.rpartition("=")[::2]) for each in chosen.word]
    for word, need in words:
        if not word:
            raise Wrong(f"--word {need}: write the word and the need, such as meals=food")
        names(need, here.needs_offered, f"--word {word}")
    return Usual(needs, areas, tuple((str(word), str(need)) for word, need in words))


def needs_in(here: Community) -> Callable[[str], set[str]]:
    """The needs that words name, as the hotline understands who asks for them."""
    hearing = Hearing(here)
    return lambda words: set(hearing.hear(words).names) & (set(here.needs) - {OTHER})


def _tell(becomes: Preview, wrong: list[str]) -> None:
    for each in becomes.taken:
        print("\n".join((f"{each.row}: {told(each.group)}", *_noted(each))))
    print("\n".join((*(f"not taken, {each}" for each in becomes.left), *(f"not read, {each}" for each in wrong))))


def _noted(taken: Taken) -> list[str]:
    return [f"    {note}" for note in taken.notes]


def told(group: Group) -> str:
    """One line for who looks at the list."""
    gives = ",".join(group.needs) or "everything"
    checked = f"checked {group.checked}" if group.checked else "no date"
    where = ",".join(group.areas) or "everywhere"
    return "  ".join(filter(None, (group.name, group.phone, gives, where, group.hours, group.where, checked)))


def _list(_: Chosen) -> None:
    here = community(settings.database()[1])
    for each in here.groups:
        print(told(each) + ("  imported" if each.imported else ""))
    if not here.groups:
        print("No other group is told yet: write [[groups]] into the community file, or `hotline groups import`.")
