"""The page of a source where two code it independently, and where their records are compared."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from apps.desk.coding import agreement
from apps.desk.coding.comparing import Comparison, Pair
from apps.desk.coding.joining import join
from apps.desk.forms import reason_in
from apps.desk.models import Coding
from apps.desk.permissions import may_publish
from apps.desk.refusals import refusal
from apps.records.models import Source


class CodersForm(forms.Form):
    """Which two code the source."""

    first: Any = forms.ModelChoiceField(None, label="First coder")
    second: Any = forms.ModelChoiceField(None, label="Second coder")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        researchers = get_user_model()._default_manager.filter(is_active=True, is_staff=True)
        for field in (self.fields["first"], self.fields["second"]):
            field.queryset = researchers.order_by("username")  # type: ignore[attr-defined]

    def clean_second(self) -> Any:
        if self.cleaned_data["second"] == self.cleaned_data.get("first"):
            raise forms.ValidationError("Two people code a source, not one of them twice.")
        return self.cleaned_data["second"]


class CodingPages:
    """The page `coding` of a source's admin; what it may do is named by the button pressed."""

    admin_site: Any

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.coding_view)
        own = path("<int:key>/coding/", view, name="records_source_coding")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def coding_view(self: Any, request: HttpRequest, key: int) -> HttpResponse:
        source = get_object_or_404(Source, pk=key)
        if not self.has_view_permission(request, source):
            raise PermissionDenied
        codings = list(source.codings.select_related("coder", "source"))
        form = CodersForm(request.POST if request.POST.get("do") == "assign" else None)
        if request.method == "POST" and self._coding_done(request, source, codings, form):
            return HttpResponseRedirect(reverse("admin:records_source_coding", args=[key]))
        return self._coding_page(request, source, codings, form)

    def _coding_done(
        self: Any, request: HttpRequest, source: Source, codings: list[Coding], form: CodersForm
    ) -> bool:
        """Do what was asked; False where the form has to be shown again. Raises Http404."""
        match request.POST.get("do"):
            case "assign":
                return _assigned(request, source, codings, form)
            case "finish":
                own = [each for each in codings if each.coder == request.user]
                Coding.objects.filter(pk__in=[c.pk for c in own]).update(finished_at=timezone.now())
            case "end":
                _require_reviewer(request)
                source.codings.all().delete()
            case "merge" if are_finished(codings):
                self._joined(request, codings)
            case _:
                raise Http404("No form sends this.")
        return True

    def _joined(self: Any, request: HttpRequest, codings: list[Coding]) -> None:
        """Make one of the two records that the form names."""
        pair = _pair_in(request, Comparison(codings))
        page = self.admin_site.get_model_admin(type(pair.first.record))
        for side in (pair.first, pair.second):
            if not page.has_change_permission(request, side.record):
                raise PermissionDenied
        if not page.has_delete_permission(request, pair.second.record):
            raise PermissionDenied
        names = [line.name for line in pair.lines if request.POST.get(line.name) == "second"]
        try:
            with transaction.atomic():
                kept = join(pair, names, editor=request.user, reason=reason_in(request))
        except DatabaseError as fault:
            said = refusal(fault, type(pair.first.record)).message
            self.message_user(request, f"{said} Nothing was changed.", messages.ERROR)
        else:
            self.message_user(request, f"One record now: {kept}.", messages.SUCCESS)

    def _coding_page(
        self: Any, request: HttpRequest, source: Source, codings: list[Coding], form: CodersForm
    ) -> HttpResponse:
        own = [each for each in codings if each.coder == request.user]
        shown = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Two coders: {source}",
            "source": source,
            "codings": codings,
            "form": form,
            "may_assign": may_publish(request.user),
            "may_finish": bool(own) and own[0].finished_at is None,
            "comparison": Comparison(codings) if are_finished(codings) else None,
            "has_alpha": agreement.is_installed(),
        }
        return TemplateResponse(request, "desk/coding.html", shown)


def are_finished(codings: list[Coding]) -> bool:
    """Whether two coded, and both have finished."""
    return len(codings) == 2 and all(coding.finished_at for coding in codings)


def _assigned(
    request: HttpRequest, source: Source, codings: list[Coding], form: CodersForm
) -> bool:
    _require_reviewer(request)
    if codings or not form.is_valid():
        return bool(codings)
    for place, name in enumerate(("first", "second"), start=1):
        Coding.objects.create(source=source, coder=form.cleaned_data[name], place=place)
    return True


def _require_reviewer(request: HttpRequest) -> None:
    if not may_publish(request.user):
        raise PermissionDenied


def _pair_in(request: HttpRequest, comparison: Comparison) -> Pair:
    """Return the pair that a form names by the ids of its records. Raises Http404."""
    named = (request.POST.get("first_id"), request.POST.get("second_id"))
    for pair in comparison.pairs:
        if (pair.first.record.public_id, pair.second.record.public_id) == named:
            return pair
    raise Http404("No such two records stand side by side any more.")
