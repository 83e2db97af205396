"""Templates: how every page of ours is filled in. What stands in one is text, never a tag, wherever it comes from."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def environment(folder: str) -> Environment:
    """The pages in a folder of the package, such as "web/board/templates". A value that is missing is a mistake."""
    return Environment(
        loader=PackageLoader("hotline", folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
