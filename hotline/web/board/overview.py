"""Page with everything that waits: four columns of needs, and the tray of what waits for a person. No number, street or
name of a neighbor stands on it, and no word of theirs."""

from collections.abc import Iterable, Iterator, Mapping

from starlette.responses import Response

from hotline.model.board import SILENT, Card, Hand, Quiet, Waiting, team_name
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.needs import Need
from hotline.model.phone_numbers import is_shown
from hotline.storage import board_lists
from hotline.storage.board_lists import COLUMNS, DONE
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page
from hotline.web.board.drawn import Entry, Shown
from hotline.web.board.words import Words, ending

SHOWN, OF_A_COLUMN = 25, 100  # cards of each column, and of a page with one column
LATELY = 7 * DAY  # so long what is over stands in the last column
STOPPED, UNCHANGED = 30 * MINUTE, 3 * DAY  # a form, a need: since when nothing came of it
WAITS_FOR_A_YES = "volunteer_waits"
NOT_SENT = 4 * HOUR  # after which a sheet that nobody sends is grave
MOVES = {"new": ("give", "ask", "close"), "asking": ("give", "ask", "close"), "taken": ("back", "close"), DONE: ()}


async def show(asked: Asked) -> Response:
    pulse, made = await columns(asked)
    lines = await board_lists.handovers(asked.board.store, SHOWN)
    handed = [each for each in lines if not each.read_by and each.coordinator != asked.me.key]
    as_of = asked.words.clock(asked.now)
    return asked.page("overview.html", shown=made, mark=pulse, as_of=as_of, handed=handed, team_name=team_name)


async def columns(asked: Asked, *, told: bool = False) -> tuple[str, str]:
    """(how things stand, the tray and the four columns): made once for all who look at the same. `told` is that a page
    asks by itself, since something is new."""
    return await asked.board.watch.made(asked.words.language, lambda: _columns(asked), told=told)


async def _columns(asked: Asked) -> str:
    store, words, now = asked.board.store, asked.words, asked.now
    since = now - LATELY
    counts = await board_lists.counts(store, since)
    shown = {name: await board_lists.column(store, name, SHOWN, 0, since) for name in COLUMNS}
    waits, waits_in_all = await board_lists.waits(store, SHOWN)
    sheets = await _sheets(asked)
    quiet, quiet_in_all = await board_lists.quiet(store, SHOWN, now - STOPPED, now - UNCHANGED)
    hands = await board_lists.hands(store, now - SILENT)
    people = {phone for cards in shown.values() for phone in board_lists.rows_of(cards)}
    people |= {each.party for each in waits} | {phone for each in quiet for phone in each.takers}
    names = Names(asked, await board_lists.names(store, people))
    return await asked.part(
        "columns.html",
        columns={name: _in_turn(shown[name], name, words, names, hands) for name in COLUMNS},
        shown={name: len(cards) for name, cards in shown.items()},
        counts=counts,
        waits=_lined_up(sheets, (_waiting(each, words, names, hands) for each in waits)),
        waits_in_all=waits_in_all + len(sheets),
        quiet=[_quiet(each, words, names, hands) for each in quiet],
        quiet_in_all=quiet_in_all,
    )


async def show_column(asked: Asked) -> Response:
    """One column alone, a hundred cards at a time; the first hundred move by themselves."""
    name, skipped = asked.request.path_params["column"], asked.skipped(OF_A_COLUMN)
    if name not in COLUMNS:
        return asked.go("")
    pulse, shown = ("", await _column(asked, name, skipped)) if skipped else await column(asked, name)
    return _listed(asked, asked.words(f"overview.{name}"), f"column/{name}", pulse, shown)


async def column(asked: Asked, name: str, *, told: bool = False) -> tuple[str, str]:
    """(how things stand, the first hundred cards of one of COLUMNS), as of the overview."""
    which = f"{name} {asked.words.language}"
    return await asked.board.watch.made(which, lambda: _column(asked, name, 0), told=told)


async def _column(asked: Asked, name: str, skipped: int) -> str:
    since = asked.now - LATELY
    cards = await board_lists.column(asked.board.store, name, OF_A_COLUMN, skipped, since)
    hands = await board_lists.hands(asked.board.store, asked.now - SILENT)
    names = Names(asked, await board_lists.names(asked.board.store, board_lists.rows_of(cards)))
    count = (await board_lists.counts(asked.board.store, since))[name]
    return await asked.part(
        "column.html",
        column=name,
        cards=[card_shown(card, name, asked.words, names, hands) for card in cards],
        count=count,
        first=skipped + 1,
        **asked.around(more=skipped + len(cards) < count),
    )


def _listed(asked: Asked, title: str, part: str, pulse: str, shown: str) -> Response:
    """A page with one list, which moves by itself where there is a pulse: then `part` is where it is asked for."""
    as_of = asked.words.clock(asked.now)
    return asked.page("list.html", title=title, part=part, shown=shown, mark=pulse, as_of=as_of)


async def show_tray(asked: Asked) -> Response:
    """All that waits for a person, and all that has gone quiet, a hundred of each at a time; the first of them move by
    themselves."""
    skipped = asked.skipped(OF_A_COLUMN)
    pulse, shown = ("", await _tray(asked, skipped)) if skipped else await tray(asked)
    return _listed(asked, asked.words("page.tray"), "tray", pulse, shown)


async def tray(asked: Asked, *, told: bool = False) -> tuple[str, str]:
    """(how things stand, the first hundred of what waits and what has gone quiet), as of the overview."""
    which = f"tray {asked.words.language}"
    return await asked.board.watch.made(which, lambda: _tray(asked, 0), told=told)


async def _tray(asked: Asked, skipped: int) -> str:
    store, words, now = asked.board.store, asked.words, asked.now
    upto = skipped + OF_A_COLUMN
    waits, waits_in_all = await board_lists.waits(store, OF_A_COLUMN, skipped)
    sheets = await _sheets(asked)
    all_quiet, quiet_in_all = await board_lists.quiet(store, upto, now - STOPPED, now - UNCHANGED)
    quiet = all_quiet[skipped:upto]
    hands = await board_lists.hands(store, now - SILENT)
    people = {each.party for each in waits} | {phone for each in quiet for phone in each.takers}
    names = Names(asked, await board_lists.names(store, people))
    return await asked.part(
        "tray.html",
        waits=_lined_up(() if skipped else sheets, (_waiting(each, words, names, hands) for each in waits)),
        waits_in_all=waits_in_all + len(sheets),
        quiet=[_quiet(each, words, names, hands) for each in quiet],
        quiet_in_all=quiet_in_all,
        **asked.around(more=upto < max(waits_in_all, quiet_in_all)),
    )


class Names:
    """The first names of helpers and of the team. Of neighbors nothing is said but that they are."""

    def __init__(self, asked: Asked, known: Mapping[str, str]) -> None:
        self._words, self._known = asked.words, known
        team = asked.board.catalogue.community.coordinators
        self._team = {phone: team_name(key) for key, phone in team.items()}

    def of(self, phone: str) -> str:
        """Somebody who helps, or is of the team."""
        return self._team.get(phone) or self._known.get(phone) or ending(phone) or self._words("who.someone")

    def called(self, phone: str) -> str:
        """The same, "" where no name of theirs is known."""
        return self._team.get(phone) or self._known.get(phone, "")

    def all_of(self, phones: Iterable[str]) -> str:
        return ", ".join(map(self.of, phones))

    def beside(self, phone: str, need: Need) -> str:
        """Whoever did something about a need: its neighbor has no name here."""
        return self._words("who.neighbor") if need.is_of(phone) else self.of(phone)


def _in_turn(
    cards: Iterable[Card], column: str, words: Words, names: Names, hands: Mapping[str, Hand]
) -> Iterator[Shown]:
    """One by one, as the page is made."""
    for card in cards:
        yield card_shown(card, column, words, names, hands)


def card_shown(card: Card, column: str, words: Words, names: Names, hands: Mapping[str, Hand]) -> Shown:
    need = card.need
    hand = hands.get(f"need {need.number}")
    return Shown(
        need.number,
        need.code,
        need.urgent and need.active,
        words.title(need.what, need.area),
        " · ".join(filter(None, _facts(card, column, words, names))),
        _last(card, column, words, names),
        tuple(_marks(need, words, hand)),
        MOVES[column] if need.active else ("close",) if column != DONE else (),
    )


def _facts(card: Card, column: str, words: Words, names: Names) -> Iterable[str]:
    need = card.need
    times = need.times if need.every or need.due else ()
    yield words.labelled(times)
    yield words.label(card.language)
    if need.wanted > 1:
        yield words("card.helpers", have=len(need.takers) + len(need.helped), wanted=need.wanted)
    if need.takers:
        yield words("card.has_it", name=names.all_of(need.takers))
    elif column == DONE:
        yield words(f"status.{need.status}")
    elif card.asked:
        yield words("card.asked", count=card.asked)


def _last(card: Card, column: str, words: Words, names: Names) -> str:
    """The last event, and how old all of it is."""
    if column == DONE:
        return words("card.over", ago=words.ago(card.changed_at))
    last, who = card.last, names.beside(card.last.who, card.need) if card.last.who else ""
    said = words(f"event.{last.what}", name=who, ago=words.ago(last.at))
    return said if last.what == "began" else f"{said} · {words('card.age', ago=words.ago(card.need.created_at))}"


def _marks(need: Need, words: Words, hand: Hand | None) -> Iterable[str]:
    """Marks hide no state: a need that is held stands where it stands."""
    if need.status == "draft":
        yield words("mark.draft")
    if need.held:
        yield words("mark.held")
    if need.doubted_by:
        yield words("mark.doubted")
    if hand:
        yield words("mark.hand", name=team_name(hand.coordinator))


def _lined_up(*entries: Iterable[Entry]) -> list[Entry]:
    return sorted((each for some in entries for each in some), key=lambda each: (not each.grave, each.since))


def _waiting(each: Waiting, words: Words, names: Names, hands: Mapping[str, Hand]) -> Entry:
    code = next((flag.code for flag in each.flags if flag.code), "")
    code = words.title(*each.called, code) if code else ""
    about = each.about
    helper = any(flag.why == WAITS_FOR_A_YES for flag in each.flags)
    named = names.of(each.party) if helper else names.called(each.party) if each.helps else ""
    nobody = words("who.someone") if each.party else words("who.hotline")
    title = " ".join(filter(None, ("" if helper else code, named))) or code or nobody
    path = f"/need/{about}" if about and not helper else f"/waits/{each.flags[0].id}"
    return Entry(
        f"flag-{each.flags[0].id}",
        path,
        title,
        words.label(each.why),
        each.since,
        each.subject,
        hands.get(each.subject),
        each.is_danger,
        each.missed,
        is_shown(each.party),
        is_shown(each.party) and not helper,
    )


async def _sheets(asked: Asked) -> list[Entry]:
    """What a coordinator began to write down on the phone and did not send: only one of the team can end that."""
    found = await board_lists.sheets_stopped(asked.board.store, asked.now - STOPPED, SHOWN)
    return [
        Entry(
            f"sheet-{id}",
            f"/intake/sheet/{id}",
            asked.words("page.intake"),
            asked.words("quiet.not_sent", name=team_name(who)),
            at,
            "",
            None,
            asked.now - at > NOT_SENT,
        )
        for id, who, at in found
    ]


def _quiet(each: Quiet, words: Words, names: Names, hands: Mapping[str, Hand]) -> Entry:
    why = words(f"quiet.{each.why}", name=names.all_of(each.takers))
    subject = f"need {each.number}"
    key, title = f"quiet-{each.number}", words.title(each.what, each.area, each.code)
    return Entry(key, f"/need/{each.number}", title, why, each.since, subject, hands.get(subject))


PAGES = (
    Page("", show),
    Page("/column/{column}", show_column),
    Page("/tray", show_tray),
)
