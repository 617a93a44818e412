"""What the templates of the desk say of records."""

from django import template
from django.db import models
from django.urls import reverse

from apps.records.models import TARGETS

register = template.Library()


@register.filter
def form_address(row: models.Model) -> str:
    """Return the address of the form of a record or part."""
    return reverse(f"admin:records_{row._meta.model_name}_change", args=[row.pk])


@register.filter
def list_address(row: models.Model) -> str:
    """Return the address of the list that a record is in."""
    return reverse(f"admin:records_{row._meta.model_name}_changelist")


@register.filter
def kind(target_name: str) -> str:
    """Return what a citation supports, as its type is called: Strength figure."""
    return str(TARGETS[target_name]._meta.verbose_name).capitalize()
