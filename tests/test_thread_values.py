"""A worker's threads answer in languages of their own, and wait for each other for nothing."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from asgiref.local import Local
from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import timezone, translation

from sahelref import thread_values


@pytest.fixture
def by_thread(monkeypatch):
    for module, name in thread_values.SHARED:
        monkeypatch.setattr(module, name, Local())  # and what was there comes back
    thread_values.keep_by_thread()


def test_each_thread_has_its_language_zone_and_addresses(by_thread):
    both_have_said = Barrier(2)

    def told(language):
        with translation.override(language), timezone.override(f"Etc/GMT+{len(language)}"):
            set_script_prefix(f"/{language}-prefix/")
            both_have_said.wait(timeout=30)
            return (
                translation.get_language(),
                str(timezone.get_current_timezone()),
                get_script_prefix(),
                reverse("pages:operation-list"),
            )

    with ThreadPoolExecutor(2) as threads:
        english, french = threads.map(told, ["en", "fr"])

    assert english == ("en", "Etc/GMT+2", "/en-prefix/", "/en-prefix/operations/")
    assert french == ("fr", "Etc/GMT+2", "/fr-prefix/", "/fr-prefix/fr/operations/")
    assert get_script_prefix() == "/"


def test_a_thread_that_said_nothing_has_the_language_of_the_site(by_thread):
    translation.activate("fr")
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(translation.get_language).result() == "en"
    translation.deactivate()
    assert translation.get_language() == "en"


def test_a_django_that_keeps_it_otherwise_is_told(by_thread):
    with pytest.raises(RuntimeError, match="_active is no Local"):
        thread_values.keep_by_thread()


@pytest.mark.slow
def test_a_web_process_holds_no_lock_between_its_threads():
    code = (
        "import sahelref.wsgi\n"
        "from sahelref.thread_values import SHARED\n"
        "print({type(getattr(module, name)).__module__ for module, name in SHARED})"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert ran.stdout == "{'_thread'}\n", ran.stderr
