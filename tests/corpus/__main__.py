"""`python -m tests.corpus`: the score by kind and language.

`misses FILE` writes what was misheard and is not held out; `write` puts the figures into docs/understanding.md.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.corpus import FOLDER, lines, shipped
from tests.corpus.score import Judgement, counts, harm, judge, kind, parts, table

PAGE = FOLDER.parents[1] / "docs" / "understanding.md"
MARKS = "<!-- score -->\n", "<!-- /score -->"
AIMS = {
    "right": "98.5 %",
    "false yes": "0",
    "danger answered by silence or farewell": "0",
    "danger missed": "2 %",
    "figures of speech alarmed": "5 %",
    "opting out missed": "1 %",
    "texts ended wrongly": "0.2 %",
}


def score(some: list[Judgement]) -> str:
    ours = [each for each in some if shipped(each.line)]
    tuned, kept = parts(ours)
    titled = (("Shipped languages, all lines", ours), ("the lines to tune on", tuned), ("the lines held out", kept))
    counted = [f"{title}\n{harm(part)}" for title, part in titled]
    return "\n\n".join(
        ["Right of all, every line", table(some), "Right of all, held out", table(parts(some)[1]), *counted]
    )


def for_the_page(some: list[Judgement]) -> str:
    """What has an aim, as a table in Markdown."""
    ours = [each for each in some if shipped(each.line)]
    of_all, of_kept = counts(ours), counts(parts(ours)[1])
    rows = [
        f"| {name} | {_of(k, n, name)} | {_of(kept, of, name)} | {AIMS[name]} |"
        for (name, k, n), (_, kept, of) in zip(of_all, of_kept, strict=True)
        if name in AIMS
    ]
    return "\n".join(["| shipped languages | all lines | held out | aim |", "|---|---|---|---|", *rows]) + "\n"


def _of(k: int, n: int, name: str) -> str:
    return str(k) if AIMS[name] == "0" else f"{100 * k / n:.1f} %"


def write(some: list[Judgement]) -> None:
    before, _, rest = PAGE.read_text("utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    PAGE.write_text("".join((before, MARKS[0], for_the_page(some), MARKS[1], after)), "utf-8")


def misses(some: list[Judgement]) -> str:
    """What was misheard, worst first, by kind."""
    wrong = [each for each in parts(some)[0] if not each.right]
    return "\n".join(_missed(each) for each in sorted(wrong, key=_worst_first))


def _missed(each: Judgement) -> str:
    line = each.line
    return "\t".join(
        (_harm(each), kind(line), line.language, line.asked, line.text, line.meaning, " + ".join(each.heard))
    )


def _harm(each: Judgement) -> str:
    worst = (
        ("1 danger sent off", each.sent_off),
        ("2 false yes", each.false_yes),
        ("3 danger missed", each.danger_missed),
        ("4 ended wrongly", each.ended_wrongly),
        ("5 opting out missed", each.opting_out_missed),
        ("6 false alarm", each.false_alarm),
        ("7 danger's level", each.lowered),
    )
    return next((name for name, so in worst if so), "8 wrong")


def _worst_first(each: Judgement) -> tuple[bool, str, str, str]:
    return not shipped(each.line), _harm(each), kind(each.line), each.line.file


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        everything = judge(Path(folder), lines())
    match sys.argv[1:]:
        case ["misses", path]:
            Path(path).write_text(misses(everything) + "\n", "utf-8")
        case ["write"]:
            write(everything)
        case _:
            print(score(everything))
