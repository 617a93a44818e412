"""The maps: whoever contributes is drawn on them, or named beside them as not drawn."""

import re

import pytest

from apps.pages import maps
from apps.pages.tests.conftest import PUBLISHED, cited
from apps.records.models import Citation, Country, LadderStep
from apps.records.tests import making
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow


def contribution(source, operation, code, name, status):
    country = Country.objects.filter(iso2=code).first()
    if country is None:
        country = making.country(code, name, **PUBLISHED)
        cited(source, country, "name_en")
    contributor = making.contributor(operation, country, **PUBLISHED)
    cited(source, contributor, "country")
    step = LadderStep.objects.create(contributor=contributor, place=1, status=status)
    cited(source, step, "status")


@pytest.fixture
def coalition(source):
    """An operation of Denmark, which takes part, Norway, which promised, and the United States."""
    with revision(reason="Test"):
        operation = making.operation("coalition", **PUBLISHED)
        cited(source, operation, "name")
        contribution(source, operation, "DK", "Denmark", "deployed")
        contribution(source, operation, "NO", "Norway", "announced")
        contribution(source, operation, "US", "United States", "deployed")
    return operation


def fill_of(page, label):
    return re.search(rf'aria-label="{label}"><path class="c ?(\w*)"', page.html)[1]


def test_any_country_of_europe_that_contributes_is_filled_or_hatched(coalition, visit):
    page = visit("/operations/coalition/")
    assert fill_of(page, "Denmark, Deployed") == "on"
    assert fill_of(page, "Norway, Announced") == "an"


def test_only_those_have_a_label(coalition, visit):
    page = visit("/operations/coalition/")
    assert re.findall(r'<text class="halo"[^>]*>([^<]+)<', page.html) == ["Denmark", "Norway"]


def test_a_contributor_outside_the_frame_is_named_as_not_drawn(coalition, visit):
    page = visit("/operations/coalition/")
    assert "Denmark: Deployed, Norway: Announced. Not drawn: United States." in page
    caption = page.html.split("<figcaption>")[1].split("</figcaption>")[0]
    assert re.search(r'Not drawn: <a href="/countries/US/">United States</a>\.', caption)


def test_every_country_of_the_drawing_has_an_outline_and_a_label_within_it():
    drawing = maps.outlines("europe")
    assert {"SE", "DK", "NO", "DE", "GB", "ES", "PL", "MT"} <= set(drawing["countries"])
    for code, outline in drawing["countries"].items():
        x, y = outline["label"]
        assert outline["path"].startswith("M"), code
        assert 0 < x < drawing["width"], code
        assert 0 < y < drawing["height"], code


def test_a_contributor_of_no_stated_status_is_outlined_and_the_caption_says_so(coalition, visit):
    assert "Outlined:" not in visit("/operations/coalition/")
    with revision(reason="Test"):
        steps = LadderStep.objects.filter(contributor__country__iso2="DK")
        Citation.objects.filter(ladder_step__in=steps).delete()
        steps.delete()
    page = visit("/operations/coalition/")
    assert fill_of(page, "Denmark, status not stated") == "un"
    assert "Outlined: over, or status not stated." in page
