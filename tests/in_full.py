"""The ordinary run takes one of each kind.

With HOTLINE_TESTS=most, as .ci/run has it, it takes every one; with HOTLINE_TESTS=all, as before a release, every one
on both databases.
"""

import os

VARIABLE = "HOTLINE_TESTS"
ON_BOTH = os.environ.get(VARIABLE) == "all"
IN_FULL = ON_BOTH or os.environ.get(VARIABLE) == "most"
