"""HTML forms: what a browser sends, fields alone (urlencoded) or with a file (multipart/form-data, RFC 7578)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

MOST_FIELDS = 60
BOUNDARY = re.compile(r"boundary=\"?([\x21-\x7e]{1,70}?)\"?(?:;|$)")
NAME = re.compile(rb'\bname="([^"\r\n]*)"')


@dataclass(frozen=True)
class Sent:
    """What was typed, by the names of the fields, and the bytes of the file that was chosen."""

    fields: Mapping[str, str] = field(default_factory=dict)
    file: bytes = b""


def sent(body: bytes, content_type: str, most: int = MOST_FIELDS) -> Sent | None:
    """What a form sent; None for more than `most` fields."""
    if not content_type.startswith("multipart/form-data"):
        try:
            return Sent(dict(parse_qsl(body.decode("utf-8", "replace"), True, max_num_fields=most)))
        except ValueError:
            return None
    found = BOUNDARY.search(content_type)
    fields: dict[str, str] = {}
    file = b""
    for name, is_file, content in _parts(body, found[1].encode()) if found else ():
        if is_file:
            file = file or content
        else:
            fields[name] = content.decode("utf-8", "replace")
        if len(fields) > most:
            return None
    return Sent(fields, file)


def _parts(body: bytes, boundary: bytes) -> Iterator[tuple[str, bool, bytes]]:
    """(name, whether it is a file, content) of every part."""
    for piece in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:]:
        head, _, content = piece.partition(b"\r\n\r\n")
        if piece.startswith(b"--"):
            return
        if name := NAME.search(head):
            yield name[1].decode("utf-8", "replace"), b"filename=" in head, content
