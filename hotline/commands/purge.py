"""Command `purge`: shows what is old enough to be forgotten, and lets the worker begin with it."""

import time
from typing import Any

from hotline import settings
from hotline.commands import Chosen, command, community, in_store, listed
from hotline.model.calendar import DAY
from hotline.storage import lists
from hotline.storage.shared_tables import SHARED
from hotline.worker.retention import days

TOLD = {
    "said": "requests over for {days} days: what was said about them",
    "asked": "requests over for {days} days: who asked, was asked, and helped",
    "other_words": "notes older than {days} days about no request: their words and who said them",
    "texts_in": "texts and steps of calls that came in more than {days} days ago: words and numbers",
    "calls": "calls that were over more than {days} days ago: who was at the other end",
    "sounds": "what the carrier could not record more than {days} days ago: who spoke",
    "texts_out": "texts that went out more than {days} days ago",
    "calls_made": "calls that we made more than {days} days ago",
    "broadcasts": "messages to many that were written more than {days} days ago",
    "sheets": "what was typed at the board {days} days ago, and never sent",
    **{table.name: table.when_old for table in SHARED},
    "people": "people not heard of for {days} days",
}


def add(commands: Any) -> None:
    purge = command(commands, "purge", "what is old enough to be forgotten; with --yes it is", _purge)
    purge.add_argument("--yes", action="store_true", help="forget it, and from now on whatever gets as old")


def _purge(chosen: Chosen) -> None:
    (url, file), now = settings.database(), time.time()
    for kind, after in days(community(file).retention).items():
        many = listed(url, lists.how_many_old, kind, now - after * DAY)
        print(f"{many:>8}  {TOLD[kind.name].format(days=after)}")
    begun = in_store(url, lambda tx: tx.retained.may_begin())
    if begun:
        print("The worker forgets them, a little every hour. The days stand in [retention] of the community file.")
    elif chosen.yes:
        in_store(url, lambda tx: tx.retained.begin(now))
        print("From now on the worker forgets them, a little every hour.")
    else:
        print("Nothing is forgotten yet. Change the days in [retention] of the community file, or begin: purge --yes")
