"""What OpenRefine shows to people: blank cells pass, previews are in words, all is described."""

import json
from urllib.parse import urlencode

import pytest

from apps.records.models import Operation

pytestmark = pytest.mark.django_db


def test_a_blank_cell_of_a_batch_means_nothing_and_harms_no_other(get):
    batch = {"blank": {"query": " "}, "named": {"query": "Mali"}}
    told = get(f"reconcile/?{urlencode({'queries': json.dumps(batch)})}")
    assert told["blank"] == {"result": []}
    assert told["named"]["result"][0]["name"] == "Mali"


def test_a_preview_is_in_words_and_not_in_codes(ask, get):
    operation = Operation.objects.get(slug="takuba-task-force")
    shown = ask(f"reconcile/preview/?id={operation.public_id}", accept="text/html").text
    flown = get(f"reconcile/flyout/entity/?id={operation.public_id}")["html"]
    for html in (shown, flown):
        assert operation.get_type_display() in html
        assert operation.get_status_display() in html
        assert operation.type not in html


def test_every_address_of_the_service_is_described(get):
    described = {path for path in get("schema/")["paths"] if "/reconcile/" in path}
    assert described == {
        f"/api/v1/reconcile/{rest}"
        for rest in (
            "",
            "flyout/{kind}/",
            "preview/",
            "properties/",
            "suggest/entity/",
            "suggest/property/",
            "suggest/type/",
            "view/",
        )
    }
