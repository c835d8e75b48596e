"""The design system: safe markup, honest charts, whole pages."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import Context, Origin, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import include, path
from django.utils.html import escape

from mall.design import icons, navigation, states
from mall.design.charts import Chart, Series, bar_chart, line_chart, round_up
from mall.design.intervals import Interval, Intervals
from mall.design.maps import Area, AreaMap
from mall.design.parts import Cell, Column, Crumb, Moment, Problem, Row, Step, Task
from mall.design.templatetags.design import register
from mall.runtime.health import healthz
from workflows.cases.machine import CaseState

NASTY = "<script>alert('x')</script>\"><b onmouseover=x>"
DAY = date(2026, 11, 22)

pytestmark = pytest.mark.urls(__name__)
urlpatterns = [
    path("gaya/", include("mall.design.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("healthz", healthz, name="healthz"),
    path("akun/", include("allauth.urls")),
    path("", include("mall.voice.urls")),
]


class NastyForm(forms.Form):
    text = forms.CharField(label=NASTY, help_text=NASTY)
    choice = forms.ChoiceField(label=NASTY, choices=[("a", NASTY), (NASTY, "b")], widget=forms.RadioSelect)


class Page(HTMLParser):
    """Collects what a page declares and what it refers to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.references: list[str] = []
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.ids += [found["id"]] if "id" in found else []
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.references += found.get(name, "").split()
        if tag == "a" and re.match(r"#.", found.get("href", "")):
            self.references.append(found["href"][1:])


def render(template: str, **context: object) -> str:
    return Template("{% load design %}" + template).render(Context(context))


def chart(title: str = "Judul", name: str = "Deret") -> Chart:
    return Chart(
        title, f"desc {title}", f"axis {title}", [f"label {title}", "b"], [Series(name, [1, None])], unit=title
    )


def intervals(words: str) -> Intervals:
    row = Interval(words, Decimal(80), Decimal(90), Decimal(95))
    return Intervals(words, words, words, [row], Decimal(88), words, (words, f"b{words}", f"c{words}"))


COMPONENTS: dict[str, tuple[str, dict[str, object]]] = {
    "button": ("{% button x name=x value=x %}{% button x url=x %}", {}),
    "error_summary": ("{% error_summary y %}", {"y": [Problem(NASTY, NASTY), NASTY]}),
    "post_form": ("{% post_form y x name=x value=x %}", {"y": NastyForm({"text": NASTY})}),
    "field": ("{% field y %}", {"y": NastyForm({"text": NASTY})["text"]}),
    "summary_list": ("{% summary_list y title=x %}", {"y": [Row(NASTY, NASTY, NASTY, NASTY)]}),
    "task_list": ("{% task_list y %}", {"y": [Task(NASTY, "todo", NASTY, NASTY)]}),
    "step_bar": ("{% step_bar y label=x %}", {"y": [Step(NASTY, "current", NASTY)]}),
    "tag": ("{% tag x %}", {}),
    "table": ("{% table x y z %}", {"y": [Column(NASTY), Column("b")], "z": [[NASTY, Cell(NASTY, NASTY)]]}),
    "timeline": ("{% timeline y officer=True %}", {"y": [Moment(DAY, NASTY, NASTY, NASTY, NASTY)]}),
    "empty_state": ("{% empty_state x x url=x label=x %}", {}),
    "breadcrumbs": ("{% breadcrumbs y %}", {"y": [Crumb(NASTY, NASTY), Crumb(NASTY)]}),
    "back_link": ("{% back_link x x %}", {}),
    "identity_bar": ("{% identity_bar y %}", {"y": [Row(NASTY, NASTY)]}),
    "pager": ("{% pager next=x previous=x %}", {"request": RequestFactory().get("/", {"q": NASTY})}),
    "bar_chart": ("{% bar_chart y %}", {"y": chart(NASTY, NASTY)}),
    "line_chart": ("{% line_chart y %}", {"y": chart(NASTY, NASTY)}),
    "interval_chart": ("{% interval_chart y %}", {"y": intervals(NASTY)}),
    "area_map": (
        "{% area_map y %}",
        {"y": AreaMap(NASTY, NASTY, [Area("35.10.01", NASTY, 1.0, NASTY), Area("35.10.02", NASTY, None, NASTY)])},
    ),
    "panel": ("{% panel title=x %}{{ x }}{% endpanel %}", {}),
    "inset": ("{% inset %}{{ x }}{% endinset %}", {}),
    "warning": ("{% warning %}{{ x }}{% endwarning %}", {}),
    "details": ("{% details summary=x %}{{ x }}{% enddetails %}", {}),
    "banner": ("{% banner title=x %}{{ x }}{% endbanner %}", {}),
    "scroll_region": ("{% scroll_region label=x %}{{ x }}{% endscroll_region %}", {}),
}
WITHOUT_TEXT = {"icon", "state_tag", "slack_tag", "nav_links", "version"}


@pytest.mark.django_db
@pytest.mark.parametrize("name", COMPONENTS)
def test_component_escapes_what_people_typed(name: str) -> None:
    template, context = COMPONENTS[name]
    html = render(template, x=NASTY, **context)
    assert "<script" not in html
    assert "<b " not in html
    assert "&lt;script&gt;" in html or "%3Cscript%3E" in html


def test_every_tag_is_among_the_components_tried_here() -> None:
    assert set(register.tags) == COMPONENTS.keys() | WITHOUT_TEXT


def test_form_with_a_file_is_sent_in_parts_and_one_without_is_not() -> None:
    class Paper(forms.Form):
        file = forms.FileField()

    assert 'enctype="multipart/form-data"' in render("{% post_form y x %}", y=Paper(), x="Kirim")
    assert "enctype" not in render("{% post_form y x %}", y=NastyForm(), x="Kirim")


def test_choice_labels_and_values_are_escaped() -> None:
    html = str(NastyForm({"choice": NASTY}))
    assert "<script" not in html
    assert html.count("&lt;script") >= 6


def test_every_case_state_has_a_word_and_a_shape() -> None:
    for state in CaseState:
        html = render("{% state_tag state %}", state=state.value)
        assert str(escape(state.label)) in html
        assert "<svg" in html
    assert {states.of_case(state).shape for state in CaseState} == set(states.TONES.values())


def test_unknown_state_and_unknown_icon_are_errors() -> None:
    with pytest.raises(ValueError, match="vanished"):
        render("{% state_tag 'vanished' %}")
    with pytest.raises(ValueError, match="unicorn"):
        icons.svg("unicorn")


@pytest.mark.parametrize(
    ("days", "used", "words", "tone"),
    [
        (6, 0.2, "Sisa 6 hari kerja", "quiet"),
        (1, 0.8, "Sisa 1 hari kerja", "yours"),
        (0, 1.0, "Jatuh tempo hari ini", "yours"),
        (-2, 1.4, "Terlambat 2 hari kerja", "bad"),
    ],
)
def test_deadline_is_said_in_words(days: int, used: float, words: str, tone: str) -> None:
    html = render("{% slack_tag days used %}", days=days, used=used)
    assert words in html
    assert f"mall-tag--{tone}" in html


@pytest.mark.parametrize(
    ("template", "value", "written"),
    [
        ("{{ v|rupiah }}", 25000, "Rp\u00a025.000"),
        ("{{ v|rupiah }}", Decimal("1250000.5"), "Rp\u00a01.250.000,50"),
        ("{{ v|rupiah }}", 0, "Rp\u00a00"),
        ("{{ v|rupiah }}", None, ""),
        ("{{ v|number:1 }}", 1234.56, "1.234,6"),
        ("{{ v|day }}", DAY, "22 November 2026"),
        ("{{ v|day }}", datetime(2026, 11, 21, 17, 30, tzinfo=UTC), "22 November 2026"),
        ("{{ v|moment }}", datetime(2026, 11, 22, 7, 5, tzinfo=UTC), "22 November 2026 pukul 14.05 WIB"),
        ("{{ v|working_days }}", 3, "3 hari kerja"),
        ("{{ v|calendar_days }}", 30, "30 hari"),
        ("{{ v|masked_nik }}", "3510016211850001", "351001******0001"),
    ],
)
def test_money_days_and_numbers_are_written_the_indonesian_way(template: str, value: object, written: str) -> None:
    assert render(template, v=value) == written


# --- Charts --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("tag", ["bar_chart", "line_chart"])
def test_chart_has_title_description_table_and_no_style(tag: str) -> None:
    html = render("{% " + tag + " c %}", c=chart("Lama proses"))
    assert '<title id="grafik-lama-proses-title">Lama proses</title>' in html
    assert '<desc id="grafik-lama-proses-desc">desc Lama proses</desc>' in html
    assert "<table" in html
    assert "1 Lama proses" in html
    assert "–" in html
    assert "style" not in html
    page = Page(html)
    assert set(page.references) <= set(page.ids)


def test_bars_are_as_long_as_their_values() -> None:
    bars = bar_chart(Chart("t", "d", "a", ["a", "b", "c"], [Series("s", [10, 5, 0])]))["bars"]
    assert [bar["width"] for bar in bars] == ["100.00%", "50.00%", "0.00%"]
    of_four = bar_chart(Chart("t", "d", "a", ["a"], [Series("s", [3])], most=4))["bars"]
    assert of_four[0]["width"] == "75.00%", "three of four is no full bar"


def test_line_rises_with_its_values_and_breaks_at_a_gap() -> None:
    (line,) = line_chart(Chart("t", "d", "a", list("abcd"), [Series("s", [0, 10, None, 5])]))["lines"]
    heights = [float(dot["y"]) for dot in line["dots"]]
    assert heights[1] < heights[2] < heights[0]
    assert len(line["pairs"]) == 1


def test_long_axis_labels_at_most_six_places_and_the_last() -> None:
    months = [str(number) for number in range(1, 25)]
    ticks = line_chart(Chart("t", "d", "a", months, [Series("s", [1] * 24)]))["ticks"]
    assert len(ticks) <= 6
    assert ticks[-1]["label"] == "24"


def test_chart_refuses_what_it_cannot_show() -> None:
    with pytest.raises(ValueError, match="one value for each label"):
        Chart("t", "d", "a", ["a"], [Series("s", [1, 2])])
    with pytest.raises(ValueError, match="negative"):
        bar_chart(Chart("t", "d", "a", ["a"], [Series("s", [-1])]))
    assert "Belum ada data" in render("{% bar_chart c %}", c=Chart("t", "d", "a", [], [Series("s", [])]))


@pytest.mark.parametrize(("value", "top"), [(0, 1), (0.4, 1), (3, 4), (13, 20), (100, 100), (101, 200), (4.1, 5)])
def test_axis_ends_at_a_round_number(value: float, top: float) -> None:
    assert round_up(value) == top


# --- Pages ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", ["", "petugas/", "pertanyaan/", "cetak/"])
def test_guide_page_is_whole_without_a_database(address: str, client: Client) -> None:
    html = client.get(f"/gaya/{address}").content.decode()
    page = Page(html)
    assert page.tags.count("h1") == 1
    assert page.tags.count("main") == 1
    assert '<html lang="id"' in html
    assert "isi" in page.ids
    assert len(page.ids) == len(set(page.ids))
    assert set(page.references) <= set(page.ids)
    assert len(html) < 100_000


def test_question_page_names_the_error_in_title_summary_and_field(client: Client) -> None:
    html = client.post("/gaya/pertanyaan/").content.decode()
    assert "<title>Kesalahan:" in html
    assert html.count("“Status tempat usaha” belum dipilih.") == 2
    assert 'href="#id_status_0"' in html


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "409", "413", "500", "503"])
def test_error_page_has_a_sentence_and_a_way_on_without_request_or_database(code: str) -> None:
    html = render_to_string(f"{code}.html", {"incident": "ab12cd34"})
    assert Page(html).tags.count("h1") == 1
    assert "Ke beranda" in html
    assert "ab12cd34" in html


def test_pages_of_the_login_library_wear_the_design() -> None:
    request = RequestFactory().get("/akun/2fa/")
    html = render_to_string("mfa/index.html", {"MFA_SUPPORTED_TYPES": ["totp"], "authenticators": {}}, request)
    page = Page(html)
    assert page.tags.count("h1") == page.tags.count("main") == 1
    assert 'class="govuk-button govuk-button--secondary"' in html
    alert = "{% load allauth %}{% element alert %}{% slot message %}{{ x }}{% endslot %}{% endelement %}"
    assert "&lt;script&gt;" in Template(alert, Origin("x", "x.html")).render(Context({"x": NASTY}))


def test_navigation_shows_only_what_exists_and_may_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_links", {})
    navigation.add(navigation.Link("staff", "Kedua", "healthz", order=2, count=lambda _request: 3))
    navigation.add(navigation.Link("staff", "Pertama", "set_language", order=1))
    navigation.add(navigation.Link("staff", "Tiada", "no:such"))
    navigation.add(navigation.Link("staff", "Rahasia", "design:guide", visible=lambda _request: False))
    found = navigation.shown("staff", RequestFactory().get("/healthz"))
    assert [(link.label, link.current, link.count) for link in found] == [
        ("Pertama", False, None),
        ("Kedua", True, 3),
    ]
