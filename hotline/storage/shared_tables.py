"""Tables of what neighbors share: one record each, from which everything follows that all of them are asked alike.

A further kind of sharing adds its tables to SHARED. By that alone their rows are found when they are due, forgotten
with a person and with time, shown to whoever asks what is kept, and their codes are given to nothing else meanwhile.
Such a table has ``number`` (its row) and ``ended_at``, and ``check_at`` where its rows are due (UTC seconds, or none).
The statements stand in shared.sql.
"""

from dataclasses import dataclass

from hotline.model.due import Kind


@dataclass(frozen=True)
class SharedTable:
    """One table. ``person`` is its column with a telephone number, ``words`` are those with what somebody wrote,
    ``sounds`` those with the carrier's ids of what somebody said; ``begun`` is when a row began.

    ``kind`` is how its rows are due, none where they never are by themselves. ``need`` is the column with the request
    that goes by its code. ``over`` says in another column that a row has ended. ``within`` is the
    table whose rows these belong to, and the column that names the row: they are forgotten
    with it, else by their own end. ``when_old`` says what is then forgotten, ``own`` and
    ``kept`` what is shown to whoever asks what is kept of them: a name, and an expression over a row s, NULL for what
    is not theirs. ``coded`` is whether its rows have codes that people text.
    """

    name: str
    person: str
    begun: str
    own: str
    kept: str
    kind: Kind | None = None
    when_old: str = ""
    words: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    need: str = ""
    over: str = ""
    within: tuple[str, str] = ("", "")
    coded: bool = True

    @property
    def columns(self) -> dict[str, str]:
        """What stands for each name in the statements."""
        blank = ", ".join(f"{column} = ''" for column in (self.person, *self.words, *self.sounds))
        old, (whole, of) = "ended_at > :since AND ended_at <= :until", self.within
        return {
            "name": self.name,
            "person": self.person,
            "begun": self.begun,
            "need": f"s.{self.need}" if self.need else "0",
            "blank": f"{blank}, ",
            "blank_last": blank,
            "never_due": "check_at = NULL, " if self.kind else "",
            "over": f"{self.over}, " if self.over else "",
            "long_over": f"{of} IN (SELECT number FROM {whole} WHERE {old})" if whole else old,
            "said": " || ' ' || ".join(self.words),
            "no_words": ", ".join(f"{column} = ''" for column in self.words),
            "sounds": " UNION ".join(map(self._spoken, self.sounds)),
            "kept": self.kept,
        }

    def _spoken(self, column: str) -> str:
        return f"SELECT s.{column} FROM {self.name} s WHERE s.ended_at < :before AND s.{column} <> ''"

    def has(self, statement: str) -> bool:
        """Whether it is asked this, by the statement's name as it stands in shared.sql."""
        match statement:
            case "read_{name}" | "blank_{name}":
                return bool(self.words)
            case "forget_spoken_{name}":
                return bool(self.sounds)
            case "next_of_{name}" | "put_off_{name}" | "or_due":
                return self.kind is not None
            case "page_of_{name}" | "old_{name}":
                return not any(self.within)
            case "coded_since" | "had_the_code" | "nor_has_the_code" | "or_under_code":
                return self.coded
        return True


SHARED = (
    SharedTable(
        name="gifts",
        person="giver",
        begun="created_at",
        kind=Kind.GIFT,
        words=("words", "inside"),
        sounds=("recording",),
        own="something you offered",
        kept="s.code || ' ' || s.words || ' ' || s.inside || ' (' || s.what || ')'",
        when_old="offers over for {days} days: what was said about them, who gave and who asked",
    ),
    SharedTable(
        name="gift_asks",
        person="asker",
        begun="asked_at",
        kind=Kind.GIFT_ASK,
        need="need",
        within=("gifts", "gift"),
        own="an offer you asked for",
        kept="(SELECT g.code || ' (' || g.what || ')' FROM gifts g WHERE g.number = s.gift AND s.named = 0)",
    ),
    SharedTable(
        name="tools",
        person="lender",
        begun="created_at",
        kind=Kind.TOOL,
        words=("words", "care"),
        sounds=("recording", "care_recording"),
        own="something you lend",
        kept="s.code || ' ' || s.words || ' ' || s.care",
        when_old="tools lent no more for {days} days: what was said about them, and who lent them",
    ),
    SharedTable(
        name="loans",
        person="borrower",
        begun="asked_at",
        kind=Kind.LOAN,
        need="need",
        over="state = 'over'",
        own="something you borrowed",
        kept="s.code || ' ' || (SELECT t.words FROM tools t WHERE t.number = s.tool) || ' (' || s.state || ')'",
        when_old="loans over for {days} days: who borrowed",
    ),
    SharedTable(
        name="gatherings",
        person="host",
        begun="created_at",
        kind=Kind.DAY,
        words=("words", "place"),
        sounds=("recording", "place_recording"),
        own="a day to which you invited",
        kept="s.code || ' ' || s.words || ' ' || s.place",
        when_old="days together over for {days} days: what was said about them, who invited and who came",
    ),
    SharedTable(
        name="guests",
        person="guest",
        begun="asked_at",
        coded=False,
        over="state = 'not'",
        within=("gatherings", "gathering"),
        own="a day to which you said that you come",
        kept="(SELECT g.code || ' ' || g.words FROM gatherings g WHERE g.number = s.gathering)",
    ),
    SharedTable(
        name="circles",
        person="organizer",
        begun="created_at",
        kind=Kind.CIRCLE,
        words=("words", "share", "rule"),
        sounds=("recording", "share_recording", "rule_recording"),
        own="a circle that you organized",
        kept="s.code || ' ' || s.words || ' ' || s.share || ' ' || s.rule",
        when_old="circles over for {days} days: what was said about them, who organized them and who was in",
    ),
    SharedTable(
        name="circle_members",
        person="member",
        begun="joined_at",
        coded=False,
        within=("circles", "circle"),
        own="a circle in which you are",
        kept="(SELECT c.code || ' ' || c.words FROM circles c WHERE c.number = s.circle)",
    ),
    SharedTable(
        name="round_parts",
        person="phone",
        begun="created_at",
        kind=Kind.ROUND_PART,
        own="a round in which you were asked",
        kept="s.stage",
        when_old="parts in rounds of questions over for {days} days: who was asked",
        coded=False,
    ),
    SharedTable(
        name="round_answers",
        person="phone",
        begun="created_at",
        words=("words",),
        sounds=("recording",),
        own="what you answered when we asked",
        kept="s.words",
        when_old="answers in rounds of questions older than {days} days: what was said, and who said it",
        coded=False,
    ),
)
