"""Addresses of this face. They are a promise: a change that breaks a caller is a new version."""

from django.urls import URLPattern, URLResolver, path, re_path

from mall.api.views import cases, meta, objections, public, services, transitions

app_name = "api"

urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", meta.Schema.as_view(), name="schema"),
    path("problems/<slug:slug>", meta.Problem.as_view(), name="problem"),
    path("services", services.Services.as_view(), name="services"),
    path("services/<str:code>", services.Service.as_view(), name="service"),
    path("cases", cases.Cases.as_view(), name="cases"),
    path("cases/<uuid:case_id>", cases.OneCase.as_view(), name="case"),
    path("cases/<uuid:case_id>/answers", cases.Answers.as_view(), name="answers"),
    path("cases/<uuid:case_id>/attachments", cases.Attachments.as_view(), name="attachments"),
    path("cases/<uuid:case_id>/submission", cases.Submission.as_view(), name="submission"),
    path("cases/<uuid:case_id>/transitions", transitions.Transitions.as_view(), name="transitions"),
    path("cases/<uuid:case_id>/objections", objections.OfCase.as_view(), name="case_objections"),
    path("objections", objections.Objections.as_view(), name="objections"),
    path("objections/<uuid:objection_id>", objections.OneObjection.as_view(), name="objection"),
    path("objections/<uuid:objection_id>/answer", objections.Answer.as_view(), name="objection_answer"),
    path("objections/<uuid:objection_id>/withdrawal", objections.Withdrawal.as_view(), name="objection_withdrawal"),
    path("tracking", public.Tracking.as_view(), name="tracking"),
    path("permits/<str:code>", public.Permits.as_view(), name="permit"),
    re_path(r"^(?P<rest>.*)$", meta.Nowhere.as_view(), name="nowhere"),
]
