"""The three webhooks."""

from django.urls import path  # type: ignore[import-not-found, unused-ignore]

from benchmarks.peers.rapidsms.menu import views

urlpatterns = [
    path("twilio/sms", views.Texts.as_view(backend_name="reply")),
    path("twilio/status", views.report),
    path("twilio/voice", views.step),
]
