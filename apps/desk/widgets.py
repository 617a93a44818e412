"""Inputs of the desk that say what they take a value to mean."""

from typing import Any

from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from apps.desk.checks import explained


class PartialDateInput(AdminTextInputWidget):
    """A partial date, with what it means beside it: of what stands there, and while it is typed."""

    template_name = "desk/widgets/partial_date.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-check": reverse_lazy("admin:check_date"), **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        try:
            context["explained"] = explained(str(value or ""))
        except ValidationError:
            context["explained"] = ""  # the error of the field says what can be read
        return context
