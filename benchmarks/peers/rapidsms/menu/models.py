"""What is kept: every text with its answer, where each person stands in the questions, and what they ask for."""

from django.db import models  # type: ignore[import-not-found, unused-ignore]
from rapidsms.models import Connection  # type: ignore[import-not-found, unused-ignore]


class Message(models.Model):  # type: ignore[misc, unused-ignore]
    """A text as it came, and what it was answered with."""

    sid = models.CharField(max_length=40, primary_key=True)
    sender = models.CharField(max_length=20)
    body = models.TextField()
    answer = models.TextField()
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "messages"


class Talk(models.Model):  # type: ignore[misc, unused-ignore]
    """Where one person stands."""

    connection = models.OneToOneField(Connection, primary_key=True, on_delete=models.CASCADE)
    step = models.CharField(max_length=20)
    what = models.TextField(default="")
    details = models.TextField(default="")


class Request(models.Model):  # type: ignore[misc, unused-ignore]
    """What somebody asks for."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE)
    what = models.TextField()
    details = models.TextField()
    asked_at = models.DateTimeField(auto_now_add=True)


class Report(models.Model):  # type: ignore[misc, unused-ignore]
    """What became of a text of ours."""

    sid = models.CharField(max_length=40)
    status = models.CharField(max_length=20)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "reports"


class Step(models.Model):  # type: ignore[misc, unused-ignore]
    """A key in a call."""

    sid = models.CharField(max_length=40)
    digits = models.CharField(max_length=10)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "steps"
