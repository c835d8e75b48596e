"""Addresses of this face."""

from django.urls import URLPattern, URLResolver, path

from mall.payments import views

app_name = "payments"

urlpatterns: list[URLPattern | URLResolver] = [
    path("webhook/<slug:gateway>/", views.webhook, name="webhook"),
]
