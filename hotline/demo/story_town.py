"""The stories' town: the community file that a transcript is played with, as its head changes it."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hotline.channels.lint.sample_towns import label
from hotline.simulator.transcript import STORIES, Transcript

COMMUNITY = (Path(STORIES) / "community.toml").read_text("utf-8")


def speaking(languages: Sequence[str]) -> str:
    """The same community, with these languages and the labels of the usual neighborhood in them."""
    lines: list[str] = []
    for line in COMMUNITY.splitlines():
        if line.startswith("languages = "):
            lines.append(f"languages = {list(languages)}")
        elif not re.match(r"e[ns] = ", line):
            lines.append(line)
        if topic := re.fullmatch(r"\[(?:needs|areas)\.(\w+)\]", line):
            lines += [f'{language} = "{label(topic[1], language)}"' for language in languages]
    return "\n".join(lines) + "\n"


def community_of(transcript: Transcript) -> str:
    """The community file, with what the head of a transcript changes: `# community: approval = true`, or adds:
    `# community also: [[groups]]`, or the languages that it speaks: `# community speaks: en, ht`."""
    speaks = [match[1] for line in transcript.head if (match := re.fullmatch(r"# community speaks: (.*)", line))]
    text = speaking([word.strip() for word in speaks[0].split(",")]) if speaks else COMMUNITY
    text += "\n".join(re.findall(r"^# community also: (.*)$", "\n".join(transcript.head), re.MULTILINE))
    for line in transcript.head:
        if match := re.fullmatch(r"# community: (\w+) = (.*)", line):
            key, value = match.groups()
            text, found = re.subn(rf"^{key} = .*$", f"{key} = {value}", text, flags=re.MULTILINE)
            if not found:
                text = text if "[dispatch]" in text else f"{text}\n[dispatch]\n"
                text = text.replace("[dispatch]\n", f"[dispatch]\n{key} = {value}\n")
    return text


def limits_of(transcript: Transcript) -> dict[str, Any]:
    """Settings of the head of a transcript: `# setting: texts_per_hour = 6`, and `# carrier: android`."""
    head = "\n".join(transcript.head)
    named = re.search(r"^# carrier: (\w+)$", head, re.M)
    carrier = {"carrier": named[1]} if named else {}
    return {name: int(most) for name, most in re.findall(r"^# setting: (\w+) = (\d+)$", head, re.M)} | carrier
