"""Settings: read once, from the environment before `.env`; every mistake is one sentence that names the setting."""

from pathlib import Path

import pytest

from hotline.settings import SettingError, Settings, database, keeping, read

GOOD = {
    "PUBLIC_URL": "https://hotline.example.org",
    "TWILIO_ACCOUNT_SID": "AC1",
    "TWILIO_AUTH_TOKEN": "secret",
    "TWILIO_PHONE_NUMBER": "+12125550100",
}


def test_four_settings_are_enough(tmp_path: Path) -> None:
    here = read(GOOD, tmp_path)
    assert here == Settings("https://hotline.example.org", "AC1", "secret", "+12125550100")


def test_a_messaging_service_takes_the_place_of_a_number(tmp_path: Path) -> None:
    given = {**GOOD, "TWILIO_PHONE_NUMBER": "", "TWILIO_MESSAGING_SERVICE_SID": "MG1"}
    assert read(given, tmp_path).twilio_messaging_service_sid == "MG1"


MISTAKES = [
    ("PUBLIC_URL", "", "PUBLIC_URL"),
    ("PUBLIC_URL", "hotline.example.org", "https://"),
    ("PUBLIC_URL", "ftp://hotline.example.org", "https://"),
    ("PUBLIC_URL", "https://", "https://"),
    ("PUBLIC_URL", "https://a.org/?x=1", "https://"),
    ("PUBLIC_URL", "https://a.org/#rc=2", "https://"),
    ("PUBLIC_URL", "https://me:secret@a.org", "https://"),
    ("PUBLIC_URL", "https://a.org:99999", "https://"),
    ("PUBLIC_URL", "https://a.org:port", "https://"),
    ("PUBLIC_URL", "https://[::1", "https://"),
    ("SECRET_KEY", "too short", "SECRET_KEY"),
    ("RECORDINGS", "", "RECORDINGS is empty"),
    ("RECORDINGS", "gs://bucket", "s3://bucket/prefix"),
    ("RECORDINGS", "s3:///prefix", "names no bucket"),
    ("TWILIO_ACCOUNT_SID", "  ", "TWILIO_ACCOUNT_SID"),
    ("TWILIO_AUTH_TOKEN", "", "TWILIO_AUTH_TOKEN"),
    ("TWILIO_PHONE_NUMBER", "", "+12125550100"),
    ("TWILIO_PHONE_NUMBER", "212 555 0100", "+12125550100"),
    ("TWILIO_PHONE_NUMBER", "+1212555010x", "+12125550100"),
    ("TWILIO_PHONE_NUMBER", "+١٢١٢٥٥٥٠١٠٠", "+12125550100"),
    ("TWILIO_API_URL", "api.example.org", "https://"),
    ("DATABASE_URL", "mysql://x", "sqlite:///hotline.db"),
    ("DATABASE_URL", "hotline.db", "sqlite:///hotline.db"),
    ("DATABASE_URL", "sqlite:///", "sqlite:///hotline.db"),
    ("PORT", "http", "8000"),
    ("PORT", "65536", "8000"),
    ("PORT", "-1", "8000"),
    ("SEGMENTS_PER_SECOND", "nan", "1.0"),
    ("SEGMENTS_PER_DAY", "0", "2000"),
    ("TEXTS_PER_HOUR", "many", "60"),
    ("PORT", "", "8000"),
    ("WORKER", "both", "inside"),
    ("LOG_LEVEL", "loud", "INFO"),
]


@pytest.mark.parametrize(("name", "value", "fix"), MISTAKES)
def test_a_mistake_is_one_sentence_with_the_name_and_the_fix(name: str, value: str, fix: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError) as mistake:
        read({**GOOD, name: value}, tmp_path)
    said = str(mistake.value)
    assert said.startswith(name)
    assert fix in said
    assert "\n" not in said
    assert len(said) < 200


@pytest.mark.parametrize("name", ["TWILIO_AUTH_TOKEN", "SECRET_KEY"])
def test_no_mistake_tells_a_secret(name: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError) as mistake:
        read({**GOOD, name: "do-not-tell", "PORT": "x"}, tmp_path)
    assert "do-not-tell" not in str(mistake.value)


def test_a_database_url_with_a_password_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(SettingError) as mistake:
        read({**GOOD, "DATABASE_URL": "mysql://me:do-not-tell@a/b"}, tmp_path)
    assert "do-not-tell" not in str(mistake.value)


DOTENV = """
# a comment
PUBLIC_URL = https://hotline.example.org
export TWILIO_ACCOUNT_SID=AC1
TWILIO_AUTH_TOKEN="secret=with=equals"
TWILIO_PHONE_NUMBER='+12125550100'
this line says nothing
PORT=9000
"""


def test_settings_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(DOTENV, "utf-8")
    here = read({}, tmp_path)
    assert (here.twilio_account_sid, here.twilio_auth_token) == ("AC1", "secret=with=equals")
    assert (here.twilio_phone_number, here.port) == ("+12125550100", 9000)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(DOTENV, "utf-8")
    assert read({"PORT": "9001"}, tmp_path).port == 9001


def test_a_file_from_windows_is_read_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xef\xbb\xbf" + DOTENV.strip().split("\n", 1)[1].replace("\n", "\r\n").encode())
    assert read({}, tmp_path).public_url == "https://hotline.example.org"


def test_a_remark_behind_a_value_is_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(DOTENV.replace("PORT=9000", "PORT=9000  # behind the proxy"), "utf-8")
    assert read({}, tmp_path).port == 9000


def test_a_file_that_is_no_text_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"PUBLIC_URL=\xff\xfe")
    with pytest.raises(SettingError, match=r"\.env"):
        read(GOOD, tmp_path)


def test_the_example_as_it_stands_asks_for_what_is_missing(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / ".env.example"
    (tmp_path / ".env").write_text(example.read_text("utf-8"), "utf-8")
    with pytest.raises(SettingError, match=r"^TWILIO_ACCOUNT_SID is not set"):
        read({}, tmp_path)
    assert read({**GOOD}, tmp_path).database_url == "sqlite:///hotline.db"


BUCKET = {"RECORDINGS": "s3://bucket/prefix", "S3_ACCESS_KEY_ID": "id", "S3_SECRET_ACCESS_KEY": "secret"}


def test_a_bucket_needs_what_opens_it_and_perhaps_where_it_is(tmp_path: Path) -> None:
    here = read({**GOOD, **BUCKET, "S3_ENDPOINT": "https://s3.example.org"}, tmp_path)
    assert here.keeping == keeping({**BUCKET, "S3_ENDPOINT": "https://s3.example.org"}, tmp_path)
    assert here.keeping.s3_region == "us-east-1"
    for wrong in (
        {"S3_ACCESS_KEY_ID": ""},
        {"S3_SECRET_ACCESS_KEY": ""},
        {"S3_REGION": ""},
        {"S3_ENDPOINT": "s3.example.org"},
    ):
        with pytest.raises(SettingError, match=next(iter(wrong))):
            read({**GOOD, **BUCKET, **wrong}, tmp_path)


def test_a_machine_that_forgets_its_disk_keeps_no_recordings_in_a_folder(tmp_path: Path) -> None:
    elsewhere = {**GOOD, "DATABASE_URL": "postgresql://a/b", "DYNO": "web.1"}
    with pytest.raises(SettingError, match=r"^RECORDINGS names a folder"):
        read(elsewhere, tmp_path)
    assert read({**elsewhere, **BUCKET}, tmp_path).recordings == "s3://bucket/prefix"


def test_the_database_alone_needs_no_carrier(tmp_path: Path) -> None:
    assert database({}, tmp_path) == ("sqlite:///hotline.db", Path("community.toml"))
    with pytest.raises(SettingError, match=r"^DATABASE_URL"):
        database({"DATABASE_URL": "x"}, tmp_path)
