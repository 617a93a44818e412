"""Says what the change log says in the words of the API: its types and its field names."""

from collections.abc import Iterable

from apps.api.serializers.statements import SPEAKER_COLUMNS
from apps.records.catalogue import CATALOGUE
from apps.records.models import TARGETS

TYPES = {str(entry.model._meta.model_name): name for name, entry in CATALOGUE.items()}

# Where columns and parts of a model are something else here: what a reader sees differ.
SHOWN_AS: dict[str, dict[str, tuple[str, ...]]] = {
    "organizations": {"countries": ("members",)},
    "contributors": {"ladder": ("status", "ladder")},
    "statements": dict.fromkeys(SPEAKER_COLUMNS, ("speaker",)),
    "citations": dict.fromkeys(TARGETS, ("record_type", "record")),
}


def fields_shown(entry: str, columns: Iterable[str]) -> list[str]:
    """Return the fields of the API that show `columns` of the model of the type `entry`."""
    known = SHOWN_AS.get(entry, {})
    return list(dict.fromkeys(name for each in columns for name in known.get(each, (each,))))
