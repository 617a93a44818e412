"""What the desk asks of who withdraws: a public reason, and whether it is for a legal cause."""

from typing import Any

from django import forms

from apps.records.models import Record
from apps.records.vocabularies import Publication

FIELDS = ("withheld", "withdrawal_reason")
KEEP = "Its address shows the reason until the record is published again: it cannot be blank."
CHOOSE = "To withdraw the record, choose “Withdrawn” above."


class WithdrawalForm(forms.Form):
    """Why records that are chosen from a list are withdrawn."""

    reason = forms.CharField(
        label="Public reason",
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=Record._meta.get_field("withdrawal_reason").help_text,
        error_messages={"required": "Say why: the address of the record shows the reason."},
    )
    withheld = forms.BooleanField(
        label="For a legal cause",
        required=False,
        help_text=Record._meta.get_field("withheld").help_text,
    )


def clean(form: Any, was: str) -> None:
    """Let a form of a record take its reason back where the record is published (again)."""
    cleaned = form.cleaned_data
    if cleaned.get("publication") != Publication.PUBLISHED:
        if form.initial.get("withdrawal_reason") and not cleaned.get("withdrawal_reason"):
            form.add_error("withdrawal_reason", KEEP)
    elif was == Publication.PUBLISHED:
        _refuse_reasons(form)
    elif not cleaned.get("withheld"):
        cleaned["withdrawal_reason"] = ""


def _refuse_reasons(form: Any) -> None:
    """Say where one withdraws, to who gives a reason and leaves the record published."""
    reasoned = not form.initial.get("withheld")
    for name in FIELDS:
        if reasoned and form.cleaned_data.get(name):
            form.add_error(name, CHOOSE)
