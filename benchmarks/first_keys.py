"""The walk's longest waits: seconds until a caller hears the first key, at every prompt of a call in every language.

    HOTLINE_TESTS=most python -m benchmarks.first_keys

espeak-ng has to be installed.
"""

from tests.voice import speaking
from tests.voice.walking import BEGINNINGS, walk

MOST = 10
MEASURED = 1000  # of the longest by the rule; to make every sound takes longer than all the rest


def main() -> None:
    places = {place.words: place for name in BEGINNINGS for place in walk(name).places.values()}
    estimated = {place.words: speaking.first_key(place.said, speaking.by_rule) or 0.0 for place in places.values()}
    print(f"{sum(map(bool, estimated.values())):,} prompts that name a key.\n")
    longest = sorted(estimated, key=lambda words: -estimated[words])[:MEASURED]
    waits = {words: speaking.first_key(places[words].said, speaking.spoken) or 0.0 for words in longest}
    print("| seconds | words | said | |", "|---:|---:|---|---|", sep="\n")
    seen: set[tuple[str, ...]] = set()
    for words in sorted(waits, key=lambda words: -waits[words]):
        keys = places[words].keys
        if keys not in seen and len(seen) < MOST:
            print(f"| {waits[words]:.1f} | {len(words.split())} | {', '.join(keys)} | {words} |")
            seen.add(keys)


if __name__ == "__main__":
    main()
