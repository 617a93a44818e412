"""The form of every record at the desk: why it changes, who else changed it, what was refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import BaseConstraint, CheckConstraint, Q
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.functional import cached_property

from apps.desk import versions, withdrawing
from apps.desk.coding.blindness import Hidden, is_hidden
from apps.desk.merging import Merge
from apps.desk.permissions import CLOSED
from apps.desk.refusals import Refusal
from apps.records.duplicates import IDENTIFYING, Duplicate, duplicates
from apps.records.models import Record
from apps.records.vocabularies import Publication
from apps.revisions.models import Revision

LONGEST_REASON = 500
MAY_BE_THERE = "This may be there already: see below. Nothing was saved yet."
MERGE_HELP = (
    "Nothing was saved yet, and nothing that you typed is lost. Save again once all is right below."
)
# The fields of a form that are about the change and not about the record.
CIRCUMSTANTIAL = ("reason", "seen", "made_as")
PUBLIC_IDS = Signer(salt="public ids of records being made")
REASON_HELP = (
    "Kept in the revision with your name. Where a published record changes, the reason is public"
    " and your name is not."
)


def id_in_form(signed: str) -> str:
    """Return the public id that a form of a new record was shown with; "" for none of ours."""
    try:
        return PUBLIC_IDS.unsign(signed)
    except BadSignature:
        return ""


def reason_field(**kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label="Reason for this change", required=False, max_length=LONGEST_REASON, **kwargs
    )


def reason_in(request: HttpRequest) -> str:
    """Return the reason posted with a write, fit to be stored; a form refuses one too long."""
    return request.POST.get("reason", "").replace("\0", "").strip()[:LONGEST_REASON]


def newest_number() -> int:
    made = Revision.objects.defer("reason").newest()
    return made.number if made else 0


class ReasonedActionForm(ActionForm):
    """The choice of an action above a list, with its reason."""

    # The newest revision when the list was shown: what changes later was not seen.
    seen = forms.IntegerField(
        required=False, label="", widget=forms.HiddenInput, initial=newest_number
    )
    reason = reason_field(widget=forms.TextInput(attrs={"size": 40}))


class RowForm(forms.ModelForm):
    """A form that shows the message of a CHECK at the last of its fields that is in the form."""

    def _update_errors(self, errors: ValidationError) -> None:
        at_fields = errors.update_error_dict({})
        for error in at_fields.pop(NON_FIELD_ERRORS, []):
            at_fields.setdefault(self._field_of(error), []).append(error)
        super()._update_errors(ValidationError(at_fields))  # type: ignore[misc]

    def _field_of(self, error: ValidationError) -> str:
        for constraint in self.instance._meta.constraints:
            named = _checked(constraint)
            if named and constraint.get_violation_error_message() in error.messages:
                return next((n for n in reversed(self.fields) if n in named), NON_FIELD_ERRORS)
        return NON_FIELD_ERRORS


def _checked(constraint: BaseConstraint) -> set[str]:
    """Return the names of the fields that a CHECK looks at."""
    condition = getattr(constraint, "condition", None)
    if isinstance(constraint, CheckConstraint) and isinstance(condition, Q):
        return condition.referenced_base_fields
    return set()


@dataclass(frozen=True)
class Circumstances:
    """What a form has to know of the request that it answers.

    `rows` are the versions that the form shows; `refused` what the database refused of the same
    input a moment ago; `merge` what somebody else changed since the form was opened; `hidden` what
    another coder of the same source made.
    """

    rows: list[versions.Rows]
    refused: Refusal | None
    merge: Merge | None = None
    hidden: Hidden = field(default_factory=dict)


class DeskForm(RowForm):
    """A form that says at the right field what constraints, rules and other editors say."""

    reason = reason_field(
        widget=forms.TextInput(attrs={"class": "vTextField"}), help_text=REASON_HELP
    )
    # Of a new record: the public id that it will have, so that a form sent twice makes one.
    made_as = forms.CharField(required=False, widget=forms.HiddenInput)
    # The newest revision that touched what the researcher sees.
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    circumstances: ClassVar[Circumstances]
    # What the form shows as possibly the same record.
    duplicates: Sequence[Duplicate] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            self.initial["seen"] = versions.newest(self.circumstances.rows)
        elif isinstance(self.instance, Record) and not self.instance.pk:
            self.initial["made_as"] = PUBLIC_IDS.sign(self.instance.public_id)

    @cached_property
    def changed_data(self) -> list[str]:
        """Leave out what is about the change and not about the record."""
        return [name for name in super().changed_data if name not in CIRCUMSTANTIAL]

    def clean_made_as(self) -> str:
        """Give a new record the id that its form was shown with; one made up is not believed."""
        signed = str(self.cleaned_data["made_as"])
        if not self.instance.pk and (public_id := id_in_form(signed)):
            self.instance.public_id = public_id
        return signed

    def clean_publication(self) -> str:
        state = self.cleaned_data["publication"]
        was = self.initial.get("publication", Publication.DRAFT)
        if state == Publication.WITHDRAWN and was not in CLOSED:
            raise ValidationError("Only what is published can be withdrawn.")
        return str(state)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "withdrawal_reason" in self.fields:
            withdrawing.clean(self, self.initial.get("publication", Publication.DRAFT))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if refused := self.circumstances.refused:
            self.add_error(refused.field if refused.field in self.fields else None, refused.message)
        elif merge := self.circumstances.merge:
            self.add_error(None, [*map(told, merge.entries), MERGE_HELP])
        if not self.errors and self._identifies():
            self._show_duplicates()

    def _identifies(self) -> bool:
        """Whether what is typed decides which record this is: it is new, or its name changes."""
        telling = IDENTIFYING.get(type(self.instance), ())
        return not self.instance.pk or not set(telling).isdisjoint(self.changed_data)

    def _show_duplicates(self) -> None:
        """Ask once about records that this one may be already, and believe the answer."""
        hidden = self.circumstances.hidden
        found = [d for d in duplicates(self.instance) if not is_hidden(hidden, d.record)]
        answered = self.data.get("all_the_same", "").split()
        if not {each.record.public_id for each in found} <= {*answered}:
            self.duplicates = found
            self.add_error(None, MAY_BE_THERE)


def told(entry: versions.Entry) -> str:
    """Return "Changed meanwhile by anna, 3 May 2026, 10:12 (revision 12, “typo”): name, note."."""
    revision = entry.revision
    fields = ", ".join(dict.fromkeys(name for event in entry.events for name in event.fields))
    reason = f", “{revision.reason}”" if revision.reason else ""
    moment = date_format(revision.made_at, "j F Y, H:i")
    return (
        f"Changed meanwhile by {editor_name(revision.editor)}, {moment} UTC"
        f" (revision {revision.number}{reason}): {fields}."
    )


def editor_name(editor: AbstractBaseUser | None) -> str:
    return editor.get_username() if editor else "a command"
