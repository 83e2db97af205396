"""The walk's longest waits: seconds until a caller hears the first key, at every prompt of a call in every language.

    HOTLINE_TESTS=all python -m benchmarks.first_keys

espeak-ng has to be installed.
"""

from tests.voice import speaking
from tests.voice.walking import BEGINNINGS, walk

MOST = 10


def main() -> None:
    places = {place.words: place for name in BEGINNINGS for place in walk(name).places.values()}
    waits = {place.words: speaking.first_key(place.said) or 0.0 for place in places.values()}
    print(f"{sum(map(bool, waits.values())):,} prompts that name a key.\n")
    print("| seconds | words | said | |", "|---:|---:|---|---|", sep="\n")
    seen: set[tuple[str, ...]] = set()
    for words in sorted(waits, key=lambda words: -waits[words]):
        keys = places[words].keys
        if keys not in seen and len(seen) < MOST:
            print(f"| {waits[words]:.1f} | {len(words.split())} | {', '.join(keys)} | {words} |")
            seen.add(keys)


if __name__ == "__main__":
    main()
