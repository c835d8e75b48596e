"""Addresses of this face."""

from django.urls import URLPattern, URLResolver

app_name = "counter"

urlpatterns: list[URLPattern | URLResolver] = []
