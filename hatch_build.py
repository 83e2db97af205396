"""Build hook: a wheel, and a folder that is installed to be worked in, have their words prepared."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

EMERGENCY = "911"  # where the danger line has another number, its words are read at the start


class PreparedTables(BuildHookInterface):  # type: ignore[misc]
    """`hotline/channels/parsing/prepared.py` says what for."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, self.root)
        from hotline.channels.parsing import danger_words, lexicon, not_ones_own, prepared, stopping

        tables = {
            lexicon.FILES: lexicon.vocabularies(),
            not_ones_own.MARKS: not_ones_own.Marks(),
            **{lexicon.of_words(each): lexicon.tables_in(each) for each in lexicon.understood()},
            stopping.TABLE: stopping.every_language(),
            danger_words.table(EMERGENCY): danger_words.Vocabulary(EMERGENCY),
        }
        made = [prepared.prepare(name, table) for name, table in tables.items()]
        build_data["artifacts"] += [f"/{path.relative_to(Path(self.root).resolve())}" for path in made]
