"""Django's settings: what RapidSMS needs, SQLite on WAL, one connection that is kept open, and nothing else."""

import os

SECRET_KEY = "of nobody"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "benchmarks.peers.rapidsms.urls"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "rapidsms",
    "benchmarks.peers.rapidsms.menu",
]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
INSTALLED_BACKENDS = {"reply": {"ENGINE": "benchmarks.peers.rapidsms.menu.reply.ReplyBackend"}}
RAPIDSMS_ROUTER = "rapidsms.router.blocking.BlockingRouter"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ["DATABASE"],
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL",
        },
    }
}
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING_CONFIG = None
