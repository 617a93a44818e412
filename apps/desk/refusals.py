"""What PostgreSQL refused, in a person's words and at the field of the form that can mend it."""

import re
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, IntegrityError, OperationalError, connection, models

from apps.desk.names import with_names
from apps.records.models import TARGETS, Record
from apps.revisions.tracking import REGISTRY

# Rules of apps/records/rules.py that one field can mend, by their names.
FIELD_OF_RULE = {
    "strength_contributor_is_of_its_operation": "contributor",
    "citation_paragraph_exists": "paragraph",
    "citation_excerpt_stands_in_its_source": "excerpt",
    "stored_text_has_the_recorded_hash": "text_sha256",
}
ADVICE = {
    "stored_text_has_the_recorded_hash": "Clear the SHA-256 to take that of the text given.",
}
BUSY = (
    "Somebody else is saving and did not finish in time. Nothing was saved and nothing is lost:"
    " save again in a moment."
)
LOCK_NOT_AVAILABLE = "55P03"
PUBLIC_ID = re.compile(r"\b[0-9abcdefghjkmnpqrstvwxyz]{12}\b")


@dataclass(frozen=True)
class Refusal:
    """A message, and the field of the record's form it belongs to; "" for none."""

    message: str
    field: str = ""


def refusal(fault: DatabaseError, model: type[models.Model], key: str | None = None) -> Refusal:
    """Return what the database refused to a form of `model`: of the row `key`, or of a new one.

    Raises `fault` again where the database did not refuse but failed.
    """
    if isinstance(fault, OperationalError) and _sqlstate(fault) == LOCK_NOT_AVAILABLE:
        return Refusal(BUSY)
    diagnosis = getattr(fault.__cause__, "diag", None)
    if not isinstance(fault, IntegrityError) or diagnosis is None:
        raise fault
    if diagnosis.table_name:
        return _of_constraint(diagnosis, model)
    return _of_rule(diagnosis, model, key)


def _sqlstate(fault: DatabaseError) -> str | None:
    return getattr(fault.__cause__, "sqlstate", None)


def _of_rule(diagnosis: Any, model: type[models.Model], key: str | None) -> Refusal:
    """Rules are raised by our own function, which names no table."""
    name, detail = diagnosis.constraint_name or "", diagnosis.message_detail or ""
    return refusal_of_rule(name, diagnosis.message_primary, detail, model, key)


def refusal_of_rule(
    name: str, message: str, detail: str, model: type[models.Model], key: str | None = None
) -> Refusal:
    """Return what the rule `name` refuses to a form of `model`; `detail` says which row it is."""
    said = [message, ADVICE.get(name, "")]
    said += [f"Here: {_with_names(detail)}."] if detail else []
    field = "publication" if _is_referred_to(detail, model, key) else _field_of_rule(name, model)
    return Refusal(" ".join(text for text in said if text), field)


def _is_referred_to(detail: str, model: type[models.Model], key: str | None) -> bool:
    """Whether another record, by its reference, holds the one of the form in public."""
    referred = detail.partition(" refers to ")[2]
    if not (referred and key and issubclass(model, Record)):
        return False
    return bool(model.objects.filter(pk=key, public_id=referred).exists())


def _field_of_rule(name: str, model: type[models.Model]) -> str:
    cited = [f"published_{target}_is_cited" for target, of in TARGETS.items() if of is model]
    if name in (*cited, f"withdrawn_{model._meta.model_name}_was_public"):
        return "publication"
    if name.startswith("address_is_of_no_other_"):
        return "slug"
    if name.endswith("_comes_back_with_a_reason"):
        return "reason"
    referring = f"published_{model._meta.model_name}_"
    return FIELD_OF_RULE.get(name) or (name.removeprefix(referring) if referring in name else "")


def _with_names(detail: str) -> str:
    """Name the records whose public ids a rule gives; one that was being added has no row."""
    found = {key: quoted(record) for key, record in _records(PUBLIC_ID.findall(detail)).items()}
    return PUBLIC_ID.sub(lambda match: found.get(match[0], "this record"), detail)


def quoted(record: Record) -> str:
    """Return the name of `record` in quotation marks, which that of a citation brings along."""
    name = str(record)
    return name if name.startswith("“") else f"“{name}”"


def _records(public_ids: list[str]) -> dict[str, Record]:
    types = [model for model in REGISTRY if issubclass(model, Record)] if public_ids else []
    return {
        record.public_id: record
        for model in types
        for record in with_names(model.objects.filter(public_id__in=public_ids))
    }


def _of_constraint(diagnosis: Any, model: type[models.Model]) -> Refusal:
    """A form checks its constraints itself: this is for inlines and for races."""
    table, name = diagnosis.table_name, diagnosis.constraint_name or ""
    broken = next((m for m in REGISTRY if m._meta.db_table == table), None)
    if broken is None:
        return Refusal(str(diagnosis.message_primary))
    message = next(
        (str(c.violation_error_message) for c in broken._meta.constraints if c.name == name),
        f"{diagnosis.message_primary}. {diagnosis.message_detail or ''}".strip(),
    )
    if broken is not model:
        return Refusal(f"{str(broken._meta.verbose_name).capitalize()}: {message}")
    return Refusal(message, _field_of_constraint(table, name, model))


def _field_of_constraint(table: str, name: str, model: type[models.Model]) -> str:
    with connection.cursor() as cursor:
        constraints: dict[Any, Any] = connection.introspection.get_constraints(cursor, table)
    columns = constraints.get(name, {}).get("columns") or []
    fields = [f.name for f in model._meta.concrete_fields if f.column in columns and f.editable]
    return fields[0] if len(fields) == 1 else ""
