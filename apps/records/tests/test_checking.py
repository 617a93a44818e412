"""`check_citations` finds the excerpts that do not stand where their citations say."""

from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from apps.records.models import Citation, Country, Source

pytestmark = pytest.mark.django_db

ARTICLE = Path(settings.BASE_DIR).parent / "shared" / "seed" / "article.txt"
TEXT = "A force of “some” size.\nA second line.\n\nIt left in a year's time.\n\n\n\nIt came back.\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def source():
    digest = sha256(TEXT.encode()).hexdigest()
    return Source.objects.create(title="[A text of three paragraphs]", text_sha256=digest)


def cite(source, paragraph, excerpt):
    return Citation.objects.create(
        source=source,
        paragraph=paragraph,
        excerpt=excerpt,
        field="name_en",
        country=Country.objects.get(iso2="ML"),
    )


def check(file, **options):
    """Return the lines that the command prints and its exit code."""
    output = StringIO()
    try:
        call_command("check_citations", text=file, stdout=output, **options)
    except SystemExit as end:
        return output.getvalue().splitlines(), end.code
    return output.getvalue().splitlines(), 0


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not part of the project")
def test_every_excerpt_of_the_seed_stands_in_its_paragraph():
    (line,), code = check(ARTICLE)
    assert code == 0
    assert line.startswith(f"{Citation.objects.count()} citations of ")
    assert line.endswith(": 0 misplaced.")


def test_excerpts_in_place_pass_whatever_the_lines_and_quotation_marks(file, source):
    for paragraph, excerpt in [(1, "of “some” size"), (2, "a year's time"), (3, "It came back")]:
        cite(source, paragraph, excerpt)
    assert check(file) == (["3 citations of [A text of three paragraphs]: 0 misplaced."], 0)


@pytest.mark.parametrize(
    ("paragraph", "excerpt", "where"),
    [
        (1, "It left", "it stands in paragraph 2."),
        (1, "It ", "it stands in paragraphs 2, 3."),
        (2, "a year’s time", "it stands nowhere."),
        (2, "It left in a year's time. It came", "it stands nowhere."),
        (9, "It came back", "it stands in paragraph 3."),
    ],
)
def test_a_misplaced_excerpt_is_named_and_where_it_does_stand(
    file, source, paragraph, excerpt, where
):
    citation = cite(source, paragraph, excerpt)
    (line, total), code = check(file)
    assert code == 1
    assert line == (
        f"citation {citation.public_id}, paragraph {paragraph}: “{excerpt}” is not there; {where}"
    )
    assert total.endswith(": 1 misplaced.")


def test_one_of_two_sources_with_the_same_text_can_be_chosen(file, source):
    twin = Source.objects.create(title="[Its twin]", text_sha256=source.text_sha256)
    cite(source, 1, "It left")
    assert check(file, source=twin.public_id) == (["0 citations of [Its twin]: 0 misplaced."], 0)
    assert check(file)[1] == 1


def test_a_text_of_no_source_is_refused_with_its_hash(file):
    with pytest.raises(CommandError, match=sha256(TEXT.encode()).hexdigest()):
        check(file)


def test_a_source_of_another_text_is_refused_with_both_hashes(file, source):
    other = Source.objects.create(title="[Another]", text_sha256="0" * 64)
    with pytest.raises(CommandError, match=f"{source.text_sha256}.*{other.text_sha256}"):
        check(file, source=other.public_id)


def test_an_unknown_source_is_refused(file, source):
    with pytest.raises(CommandError, match="There is no source nothing"):
        check(file, source="nothing")


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        check(tmp_path / "missing.txt")
