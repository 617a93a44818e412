"""How many records each value of a parameter would give."""

from apps.records.filters import FacetFilter, FacetValue, RecordFilter


def facet(filters: RecordFilter, name: str) -> list[FacetValue]:
    """Return the values of the filter `name` that occur, with the number of records of each.

    All other parameters hold and `name` itself does not, so that the values not chosen are
    counted too. A record with several values counts for each. One query, two for references.
    """
    counted = filters.filters[name]
    assert isinstance(counted, FacetFilter), f"{name} is a facet of the catalogue"
    return counted.counted(filters.without(name))
