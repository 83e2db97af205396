"""The cost of understanding one text: processor time a short text, and what the tables take to build.

    python -m benchmarks.hearing

Short texts are those of the corpus with at most 40 letters, in the eight languages shipped, each heard once by rules
and second opinion; what the hotline remembers of whole texts is not used.
"""

import time
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from hotline.channels.parsing.parser import Hearing
from tests import corpus
from tests.corpus.judging import ear
from tests.world import COMMUNITY

SHORT, ROUNDS, BATCH = 40, 5, 50  # letters, rounds over all texts, texts timed together
PROMISED = 60  # microseconds


def main() -> None:
    with TemporaryDirectory() as folder:
        Path(folder, "community.toml").write_text(COMMUNITY, "utf-8")
        begun = time.process_time()
        hearing = ear(corpus.SHIPPED, Path(folder))
        built, begun = time.process_time() - begun, time.process_time()
        ear((*reversed(corpus.SHIPPED),), Path(folder))
        again = time.process_time() - begun
        costs = per_text(hearing)
    print("| short texts, heard afresh | µs a text | 90 % below | promised |\n|---:|---:|---:|---:|")
    print(f"| {len(short_texts()):,} | {median(costs):.0f} | {quantiles(costs, n=10)[-1]:.0f} | {PROMISED} |")
    print(f"\ntables of eight languages: {built:.2f} s of processor time, {again:.2f} s for another community")


def short_texts() -> list[str]:
    return [line.text for line in corpus.lines() if corpus.shipped(line) and len(line.text) <= SHORT]


def per_text(hearing: Hearing) -> list[float]:
    """Microseconds of processor time a text, batch by batch of the calmest round; the first only warms up."""
    texts = short_texts()
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    rounds = [[_cost(hearing, batch) for batch in batches] for _ in range(ROUNDS)][1:]
    return min(rounds, key=sum)


def _cost(hearing: Hearing, batch: list[str]) -> float:
    begun = time.process_time()
    for words in batch:
        hearing.hear.__wrapped__(words)
    return (time.process_time() - begun) / len(batch) * 1e6


if __name__ == "__main__":
    main()
