"""(d) The tutorial: Flask, gunicorn, sqlite3."""
