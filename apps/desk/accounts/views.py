"""The pages of one's own account: the second factor, recovery codes, sessions."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import django_otp
from django.contrib import messages
from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from apps.desk.accounts import second_factor
from apps.desk.accounts.second_factor import Asked, CodeForm
from apps.desk.sessions import sessions_of

View = Callable[..., HttpResponse]


def for_whom_is_asked(asked: Asked) -> Callable[[View], View]:
    """Return a decorator: the page is for those of whom this is asked, who gave their password."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any) -> HttpResponse:
            now = second_factor.asked_of(request.user)
            may_enrol = asked is Asked.ENROLMENT and not second_factor.is_enrolled(request.user)
            return view(request, *args) if now is asked or may_enrol else redirect("admin:index")

        return never_cache(staff_member_required(guarded, login_url="admin:login"))

    return decorate


def next_of(request: HttpRequest) -> str:
    """Return where to go on to, on this site and nowhere else; "" for the front page."""
    wanted = request.GET.get("next", "")
    here = {request.get_host()}
    return wanted if url_has_allowed_host_and_scheme(wanted, here, request.is_secure()) else ""


@for_whom_is_asked(Asked.CODE)
def verify(request: HttpRequest) -> HttpResponse:
    """Take the code of an enrolled account."""
    devices = list(django_otp.devices_for_user(request.user))
    form = CodeForm(request.user, devices, request.POST or None)
    if request.method == "POST" and form.is_valid():
        _let_in(request, form.device)
        return redirect(next_of(request) or "admin:index")
    return _page(request, "desk/second_factor.html", "Second factor", form=form)


@for_whom_is_asked(Asked.ENROLMENT)
def enrol(request: HttpRequest) -> HttpResponse:
    """Show the code to scan, and let the first code of the app confirm it."""
    device = second_factor.device_to_enrol(request.user)
    form = CodeForm(request.user, [device], request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.device.confirmed = True
        form.device.save(update_fields=["confirmed"])
        _let_in(request, form.device)
        return _codes(request)
    shown = {
        "form": form,
        "picture": second_factor.picture_of(device),
        "secret": second_factor.secret_of(device),
        "required": second_factor.is_required(request.user),
    }
    return _page(request, "desk/enrol.html", "Set up a second factor", **shown)


@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them this once."""
    if not second_factor.is_enrolled(request.user):
        return redirect("admin:enrol")
    return _codes(request)


def account(request: HttpRequest) -> HttpResponse:
    shown = {
        "sessions": sessions_of(request.user),
        "this": request.session.session_key,
        "enrolled": second_factor.is_enrolled(request.user),
    }
    return _page(request, "desk/account.html", "Your account", **shown)


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End the session that is named, or all but this one."""
    others = sessions_of(request.user).exclude(session_key=request.session.session_key)
    if number := request.POST.get("number", ""):
        others = [s for s in others if s.number == number]  # type: ignore[assignment]
    ended = [session.delete() for session in others]
    messages.success(request, f"Ended: {len(ended)} session{'' if len(ended) == 1 else 's'}.")
    return redirect("admin:account")


def _let_in(request: HttpRequest, device: Any) -> None:
    """Mark the session as verified, under a new key: it may do more than before."""
    request.session.cycle_key()
    django_otp.login(request, device)


def _codes(request: HttpRequest) -> HttpResponse:
    codes = second_factor.new_recovery_codes(request.user)
    return _page(request, "desk/recovery_codes.html", "Recovery codes", codes=codes)


def _page(request: HttpRequest, template: str, title: str, **shown: Any) -> HttpResponse:
    from django.contrib import admin  # the site is made of these views

    context = {**admin.site.each_context(request), "title": title, **shown}
    return TemplateResponse(request, template, context)
