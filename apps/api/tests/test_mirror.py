"""The example that keeps a mirror ends equal to the server, whatever was edited in between."""

import json
import random
import sqlite3
import subprocess
import sys
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.core.signals import request_started

from apps.api.tests.test_csv import everything
from apps.records.catalogue import CATALOGUE
from apps.records.models import (
    Citation,
    Contributor,
    Country,
    Membership,
    Milestone,
    Office,
    Operation,
    Organization,
    Person,
    Source,
    Statement,
    StrengthFigure,
    citable_fields,
)
from apps.records.tests import making
from apps.records.tests.making import WITHDRAWN
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

MIRROR = settings.BASE_DIR / "examples" / "mirror.py"
PUBLISHED = {"publication": "published"}
ROUNDS, EDITS = 3, 12


class Editor:
    """Edits at random, in ways that the rules allow; each method is one revision."""

    def __init__(self, seed):
        self.random, self.made = random.Random(seed), 0

    def any(self, model, **filters):
        found = model.objects.filter(publication="published", **filters).order_by("pk")
        return self.random.choice(list(found))

    def word(self, kind):
        self.made += 1
        return f"{kind}-{self.made}"

    def cite(self, **target):
        (supported,) = target.values()
        field = citable_fields(type(supported))[0]
        return making.citation(self.any(Source), field=field, **target, **PUBLISHED)

    def rename_an_operation(self):
        self.change(self.any(Operation), name=self.word("Operation"), slug=self.word("renamed"))

    def rename_a_country(self):
        self.change(self.any(Country), name_en=self.word("Country"))

    def rename_an_organization(self):
        self.change(self.any(Organization), name=self.word("Body"), slug=self.word("body"))

    def rename_a_person(self):
        self.change(self.any(Person), name=self.word("Person"), slug=self.word("person"))

    def retitle_a_source(self):
        self.change(self.any(Source), title=self.word("Title"))

    def reword_a_statement(self):
        self.change(self.any(Statement), summary=self.word("Summary"))

    def correct_a_figure(self):
        self.change(self.any(StrengthFigure), note=self.word("Note"))

    def correct_a_citation(self):
        self.change(self.any(Citation), as_written=self.word("As written"))

    def change(self, record, **values):
        type(record).objects.filter(pk=record.pk).update(**values)

    def add_evidence(self):
        self.cite(operation=self.any(Operation))

    def add_a_cited_step_of_a_ladder(self):
        with revision():
            contributor = self.any(Contributor)
            place = 1 + max((step.place for step in contributor.ladder.all()), default=0)
            step = contributor.ladder.create(place=place, status="deployed")
            self.cite(ladder_step=step)

    def add_a_cited_milestone(self):
        with revision():
            milestone = Milestone.objects.create(
                operation=self.any(Operation),
                kind="full_operating_capability",
                note=self.word("Milestone"),
                expected=str(1900 + self.made),
            )
            self.cite(milestone=milestone)

    def add_a_cited_membership(self):
        with revision():
            membership = Membership.objects.create(
                organization=self.any(Organization),
                country=self.any(Country),
                start=str(1900 + self.made),
            )
            self.made += 1
            self.cite(membership=membership)

    def add_evidence_of_a_membership(self):
        self.cite(membership=self.random.choice(list(Membership.objects.order_by("pk"))))

    def end_a_membership(self):
        memberships = list(Membership.objects.order_by("pk"))
        if len(memberships) > 1:
            self.random.choice(memberships).delete()

    def add_a_cited_office(self):
        with revision():
            office = Office.objects.create(
                person=self.any(Person), title=self.word("Office"), country=self.any(Country)
            )
            self.cite(office=office)

    def widen_a_theatre(self):
        self.any(Operation).theatre.add(self.any(Country))

    def turn_a_statement_to_an_operation(self):
        self.any(Statement).operations.set([self.any(Operation)])

    def add_a_contributor_with_a_figure(self):
        with revision():
            operation = making.operation(self.word("new"), **PUBLISHED)
            contributor = making.contributor(operation, self.any(Country), **PUBLISHED)
            self.cite(operation=operation)
            self.cite(contributor=contributor)
            figure = making.strength(operation, contributor=contributor, **PUBLISHED)
            self.cite(strength=figure)

    def withdraw_a_statement(self):
        with revision():
            statement = self.any(Statement)
            Citation.objects.filter(statement=statement).update(**WITHDRAWN)
            self.change(statement, **WITHDRAWN)

    def publish_a_statement_again(self):
        again = {**PUBLISHED, "withdrawal_reason": ""}
        with revision(reason="It was right after all"):
            for statement in Statement.objects.filter(**WITHDRAWN):
                Citation.objects.filter(statement=statement).update(**again)
                self.change(statement, **again)

    def delete_a_figure(self):
        if StrengthFigure.objects.count() > 1:
            self.any(StrengthFigure).delete()

    def write_a_draft(self):
        making.operation(self.word("draft"))

    def edit(self):
        """Make one revision of any kind."""
        getattr(self, self.random.choice(WAYS))()


OWN = {"any", "word", "cite", "change", "edit"}
WAYS = [name for name in vars(Editor) if not name.startswith("_") and name not in OWN]


def mirror(site, file):
    """Run the example as a reader would; return what it printed."""
    done = subprocess.run(
        [sys.executable, str(MIRROR), site, str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def held(file):
    """Return the records of a mirror by type and id."""
    with sqlite3.connect(file) as db:
        rows = list(db.execute("SELECT type, id, body FROM record"))
    return {(type, id): json.loads(body) for type, id, body in rows}


def served(get, site):
    return {
        (name, record["id"]): record
        for name in CATALOGUE
        for record in everything(get, f"{site}/api/v1/{name}/?page_size=200")
    }


@pytest.fixture
def site(committed_db, live_server):
    return live_server.url


@pytest.fixture
def get(site):
    def get(address):
        with urlopen(address) as answer:
            return json.load(answer)

    return get


@pytest.fixture
def asked_of_the_server():
    """The paths that the server was asked for, as they come in."""
    paths = []

    def note(sender, environ, **_):
        paths.append(environ["PATH_INFO"])

    request_started.connect(note)
    yield paths
    request_started.disconnect(note)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_mirror_is_equal_to_the_server_after_every_round_of_edits(site, get, tmp_path, seed):
    editor, file = Editor(seed), tmp_path / "mirror.sqlite3"
    mirror(site, file)
    assert held(file) == served(get, site)
    for _ in range(ROUNDS):
        for _ in range(EDITS):
            editor.edit()
        newest = get(f"{site}/api/v1/")["newest"]
        assert mirror(site, file) == f"revision {newest}\n"
        assert held(file) == served(get, site)


@pytest.mark.slow
def test_each_kind_of_edit_reaches_a_mirror(site, get, tmp_path):
    editor, file = Editor(0), tmp_path / "mirror.sqlite3"
    mirror(site, file)
    for way in WAYS:
        getattr(editor, way)()
        mirror(site, file)
        assert held(file) == served(get, site), way


@pytest.mark.slow
def test_a_mirror_that_is_up_to_date_asks_twice_and_changes_nothing(
    site, asked_of_the_server, tmp_path
):
    file = tmp_path / "mirror.sqlite3"
    mirror(site, file)
    before = held(file)
    asked = len(asked_of_the_server)
    mirror(site, file)
    assert held(file) == before
    assert asked_of_the_server[asked:] == [
        "/api/v1/",
        "/api/v1/changes/",
    ]


def test_the_example_is_short_and_needs_nothing_but_python():
    lines = MIRROR.read_text().splitlines()
    imported = {line.split()[1] for line in lines if line.startswith(("import", "from"))}
    assert imported <= {*sys.stdlib_module_names, "urllib.request"}
    code = [line for line in lines[lines.index("def update(db, api):") :] if line.strip()]
    assert len(code) <= 40
