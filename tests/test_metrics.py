"""SAHELREF_METRICS: figures are told nowhere unless asked for, and to no stranger."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from sahelref.metrics import address


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("", ()),
        ("127.0.0.1:9200", ("127.0.0.1", "9200")),
        ("10.0.0.5:9200", ("10.0.0.5", "9200")),
        ("[::1]:9200", ("::1", "9200")),
    ],
)
def test_a_private_address_and_a_port_are_taken(given, read):
    assert address(given) == read


@pytest.mark.parametrize(
    "given", ["0.0.0.0:9200", "[::]:9200", "8.8.8.8:9200", "9200", "localhost:x", "127.0.0.1:70000"]
)
def test_anything_else_stops_the_start_and_is_named(given):
    with pytest.raises(ImproperlyConfigured, match="SAHELREF_METRICS"):
        address(given)
