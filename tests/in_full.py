"""The ordinary run takes one of each kind; with HOTLINE_TESTS=all, as .ci/run has it, the tests take every one."""

import os

VARIABLE = "HOTLINE_TESTS"
IN_FULL = os.environ.get(VARIABLE) == "all"
