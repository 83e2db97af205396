"""The walk's longest waits: seconds until a caller hears the first key, at every prompt of a call in every language.

    HOTLINE_TESTS=all python -m benchmarks.first_keys

espeak-ng has to be installed. `--fit` prints the rule that stands for it in tests/voice/speaking.py.
"""

import sys
from collections.abc import Iterator

from tests.voice import speaking
from tests.voice.walking import BEGINNINGS, walk

MOST = 10


def main() -> None:
    places = {place.words: place for name in BEGINNINGS for place in walk(name).places.values()}
    if "--fit" in sys.argv:
        print(*_fitted(), sep="\n")
        return
    waits = sorted((place for place in places.values() if place.first_key), key=lambda place: -(place.first_key or 0))
    print(f"{len(waits):,} prompts that name a key.\n")
    print("| seconds | words | said | |", "|---:|---:|---|---|", sep="\n")
    seen: set[tuple[str, ...]] = set()
    for place in waits:
        if place.keys not in seen and len(seen) < MOST:
            print(f"| {place.first_key:.1f} | {len(place.words.split())} | {', '.join(place.keys)} | {place.words} |")
            seen.add(place.keys)


def _fitted() -> Iterator[str]:
    """Least squares: seconds = letters x + sentences y."""
    for language in speaking.VOICES:
        said = [each for each in _all_sentences() if each[0] == language]
        pairs = [(speaking.letters(sentence), speaking.spoken(language, sentence)) for _, sentence in said]
        many = len(pairs)
        mean_x, mean_y = sum(x for x, _ in pairs) / many, sum(y for _, y in pairs) / many
        slope = sum((x - mean_x) * (y - mean_y) for x, y in pairs) / sum((x - mean_x) ** 2 for x, _ in pairs)
        print(f'"{language}": ({slope:.4f}, {mean_y - slope * mean_x:.2f}),  # {many} sentences')
    yield ""


def _all_sentences() -> set[tuple[str, str]]:
    return set(speaking.SAID)


if __name__ == "__main__":
    main()
