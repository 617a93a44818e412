"""`manage.py serve`: brings the database up to date and serves the site until told to stop."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from sahelref import databases, logins, static_files
from sahelref.embedded import children
from sahelref.embedded.paths import CHECKOUT

# In a process of its own, which imports the code that is there now.
COLLECT = (
    "import django; django.setup(); from sahelref import static_files;"
    " static_files.collect_when_changed(clear=False)"
)


class Command(BaseCommand):
    help = "Migrate, seed when empty, and serve the site with granian until Ctrl-C or SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", type=int, default=os.environ.get("PORT") or 8000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *, host: str, port: int, workers: int, **options: Any) -> None:
        refuse_a_taken_port(host, port)
        if settings.HTTPS and not databases.is_given(os.environ):
            self.warn("This site has no DATABASE_URL: nobody but you makes backups of var/.")
        if settings.FACES == "all":
            self.prepare_the_database()
        refuse_wrong_logins()
        if settings.FACES == "all":
            self.seed_when_empty()
            self.make_first_administrator()
        static_files.collect_when_changed()
        connections.close_all()
        sys.exit(self.serve(host, port, workers))

    def prepare_the_database(self) -> None:
        """Migrate as the owner; without his login, refuse a database that is not up to date."""
        if databases.OWNER in settings.DATABASES:
            call_command("migrate", interactive=False, verbosity=0)
            return
        executor = MigrationExecutor(connections["default"])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError(
                "The database is older than the code. Run `manage.py migrate` first, where"
                " DATABASE_URL is the owner's login."
            )

    def warn(self, sentence: str) -> None:
        self.stderr.write(self.style.WARNING(sentence))

    def seed_when_empty(self) -> None:
        from apps.records.models import Source

        if not Source.objects.exists():
            call_command("seed")

    def make_first_administrator(self) -> None:
        users = get_user_model()._default_manager
        if users.filter(is_superuser=True).exists():
            return
        password = secrets.token_urlsafe(12)
        users.create_superuser("admin", password=password)
        self.stdout.write(f"First administrator: admin, password {password} (shown only now)")
        if settings.SECOND_FACTOR_REQUIRED:
            self.stdout.write("The desk, at /admin/, then has you set up a second factor.")

    def serve(self, host: str, port: int, workers: int) -> int:
        """Run granian as a child, pass on the signals we get, return its exit code."""
        command = [sys.executable, "-m", "sahelref.web_server", host, str(port), str(workers)]
        web = children.start(
            [*command, *settings.METRICS_AT], when_orphaned=signal.SIGTERM, cwd=CHECKOUT
        )
        pass_on_signals(web)
        if answers(web, host, port):
            self.stdout.write(f"sahelref is at http://{_in_url(host)}:{port}/ (Ctrl-C stops it)")
            self.stdout.flush()
        code = web.wait()
        return code if code >= 0 else 128 - code


def refuse_wrong_logins() -> None:
    if found := list(logins.faults()):
        raise CommandError("\n".join(found))


def refuse_a_taken_port(host: str, port: int) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        raise CommandError(
            f"Cannot serve on {host}:{port}: {error.strerror}. Choose another by HOST and PORT, "
            f"for example `PORT={port + 1} make run`."
        ) from None


def pass_on_signals(web: "subprocess.Popen[bytes]") -> None:
    """Ctrl-C and SIGTERM stop the web server; SIGHUP reloads it, unless the terminal hung up."""

    def stop(*_: Any) -> None:
        web.send_signal(signal.SIGTERM)

    def reload(*_: Any) -> None:
        # Without its static files the new code could show no page: the old goes on.
        if subprocess.run([sys.executable, "-c", COLLECT], cwd=CHECKOUT).returncode == 0:
            web.send_signal(signal.SIGHUP)
        else:
            print("Not reloaded: the static files of the new code were not made.", file=sys.stderr)

    at_a_terminal = sys.stdin and sys.stdin.isatty()
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop if at_a_terminal else reload)


def answers(web: "subprocess.Popen[bytes]", host: str, port: int) -> bool:
    """Wait until the web server takes connections; False if it ends before that."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    while web.poll() is None:
        try:
            socket.create_connection((reachable, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
