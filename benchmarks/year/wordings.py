"""What each kind of text costs: the hotline's own wordings, written out, in the segments that a carrier bills."""

from functools import cache
from pathlib import Path

import hotline
from hotline.channels import text
from hotline.channels.catalogue import Catalogue, languages
from hotline.channels.segments import segments
from hotline.community.reading import load
from hotline.engine.session import Prompt, Values

WORDINGS = {
    "alert": "alerts.offer",
    "settled": "news.settled",
    "news": "news.taken",
    "taken": "take.taken",
    "gone": "take.gone",
    "declined": "decline.told",
    "nobody_yet": "news.nobody_yet",
    "coordinator": "news.coordinator",
}
"""Each kind of text that is counted, and its wording."""
STORY: Values = {
    "number": "1112",
    "what": ("medicine",),
    "area": ("downtown",),
    "name": "Ben",
    "details": "Ana, 12 Elm St, 2nd floor. It waits at the pharmacy on Main St, paid for.",
}


@cache
def costs() -> dict[str, int]:
    """Segments of each kind of text, in English, in the demo's community."""
    catalogue = Catalogue(load(Path(hotline.__file__).with_name("demo.toml"), languages()))
    prompts = {kind: Prompt(wording, values=STORY) for kind, wording in WORDINGS.items()}
    return {kind: sum(map(segments, text.render([prompt], "en", catalogue))) for kind, prompt in prompts.items()}
