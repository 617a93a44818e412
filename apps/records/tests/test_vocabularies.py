"""The controlled lists are complete in both languages, and Django stores and checks their codes."""

import copy
import pickle
import re

import pytest
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps
from django.utils import translation

from apps.records.vocabularies import (
    CODE_LENGTH,
    VOCABULARIES,
    Caveat,
    ContributorRole,
    LadderStatus,
    MilestoneKind,
    OperationType,
    OrganizationKind,
    Publication,
    Rank,
    Standing,
    StrengthBasis,
    Vocabulary,
    all_within,
    within,
)

# Lists whose answer never comes from a source, so that a source cannot leave it unstated.
NEVER_UNSTATED = {
    Publication: "we set it ourselves on every record",
    Standing: "our judgement of the sources, made for every citation",
    Rank: "our judgement of the values, normal unless we say otherwise",
    Caveat: "a set of warnings, empty where there is none",
}

LISTS = VOCABULARIES.values()
COLUMNS = ["code", "label_en", "label_fr", "definition_en", "definition_fr", "source"]
every_list = pytest.mark.parametrize("vocabulary", LISTS, ids=lambda each: each.__name__)


def texts_of(vocabulary):
    """Return every text that the codebook prints of a list, with the code it belongs to."""
    about = [vocabulary.title_en, vocabulary.title_fr, vocabulary.about_en, vocabulary.about_fr]
    texts = [
        (entry["code"], entry[column]) for entry in vocabulary.entries() for column in COLUMNS[1:]
    ]
    return [(vocabulary.__name__, text) for text in about] + texts


@every_list
def test_a_code_says_what_it_means_in_both_languages_and_where_that_comes_from(vocabulary):
    assert [list(entry) for entry in vocabulary.entries()] == [COLUMNS] * len(vocabulary)
    assert [code for code, text in texts_of(vocabulary) if not text or text != text.strip()] == []


@every_list
def test_a_definition_is_one_line_that_reads_as_a_sentence(vocabulary):
    definitions = [text for member in vocabulary for text in definitions_of(member)]
    sentence = re.compile(r"[^a-z\W].*\.|[“«].*\.")
    assert [text for text in definitions if not sentence.fullmatch(text)] == []


def definitions_of(member):
    return member.definition_en, member.definition_fr


@every_list
def test_no_text_shows_a_mark_of_our_notes_or_a_typewriter_quote(vocabulary):
    stray = re.compile(r"\[[KXS]\]|unchecked|TODO|['\"\n]")
    assert [text for text in texts_of(vocabulary) if stray.search(text[1])] == []


@every_list
def test_french_never_breaks_a_line_before_a_high_mark_or_inside_guillemets(vocabulary):
    french = [vocabulary.title_fr, vocabulary.about_fr]
    french += [text for member in vocabulary for text in (member.label_fr, member.definition_fr)]
    loose = re.compile(r"(?<!\N{NO-BREAK SPACE})[;:!?»]|«(?!\N{NO-BREAK SPACE})")
    assert [text for text in french if loose.search(text)] == []


@every_list
def test_a_code_is_its_name_in_snake_case_and_fits_its_column(vocabulary):
    assert vocabulary.values == [name.lower() for name in vocabulary.names]
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", code) for code in vocabulary.values)
    assert max(map(len, vocabulary.values)) <= CODE_LENGTH


@every_list
def test_a_member_is_found_again_by_its_code_a_copy_or_a_pickle(vocabulary):
    members = list(vocabulary)
    assert [vocabulary(member.value) for member in members] == members
    assert all(copy.deepcopy(member) is member for member in members)
    assert all(pickle.loads(pickle.dumps(member)) is member for member in members)


@every_list
def test_codes_and_labels_are_unique_within_a_list(vocabulary):
    for column in ("code", "label_en", "label_fr", "definition_en", "definition_fr"):
        shown = [entry[column].casefold() for entry in vocabulary.entries()]
        assert len(set(shown)) == len(shown)


@every_list
def test_a_list_can_say_that_the_source_does_not_state_it(vocabulary):
    assert ("not_stated" in vocabulary.values) is (vocabulary not in NEVER_UNSTATED)


@every_list
def test_other_and_not_stated_come_last(vocabulary):
    last = [code for code in ("other", "not_stated") if code in vocabulary.values]
    assert vocabulary.values[len(vocabulary.values) - len(last) :] == last


@every_list
def test_a_list_has_a_title_and_a_description_in_both_languages(vocabulary):
    assert vocabulary.title_en
    assert vocabulary.title_fr
    assert vocabulary.about_en.endswith(".")
    assert vocabulary.about_fr.endswith(".")


def test_the_registry_names_every_list_once_with_a_word_for_an_address():
    assert set(LISTS) == set(Vocabulary.__subclasses__())
    assert len(set(LISTS)) == len(VOCABULARIES)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in VOCABULARIES)


def test_the_lists_that_never_come_from_a_source_say_why():
    assert all(NEVER_UNSTATED.values())
    assert set(NEVER_UNSTATED) < set(LISTS)


def test_the_ladder_stands_in_the_order_of_the_design():
    assert LadderStatus.values == [
        "requested",
        "considered",
        "announced",
        "conditional",
        "committed",
        "deployed",
        "under_review",
        "reduced",
        "suspended",
        "withdrawn",
        "declined",
        "not_stated",
    ]


def test_fully_operational_is_told_apart_from_a_first_capability():
    assert MilestoneKind.values == [
        "initial_operating_capability",
        "full_operating_capability",
        "not_stated",
    ]


def test_a_figure_with_no_word_on_what_it_counts_has_a_code_of_its_own():
    assert "no word on whether" in StrengthBasis.NOT_STATED.definition_en


def test_a_member_is_its_code_wherever_text_is_wanted():
    assert OperationType.AD_HOC_TASK_FORCE == "ad_hoc_task_force"
    assert f"{OperationType.AD_HOC_TASK_FORCE}" == "ad_hoc_task_force"
    assert repr(OperationType.AD_HOC_TASK_FORCE) == "OperationType.AD_HOC_TASK_FORCE"


def test_a_code_that_is_not_in_the_list_is_refused():
    with pytest.raises(ValueError, match="barkhane"):
        OperationType("barkhane")


@pytest.mark.parametrize(
    ("language", "label", "definition"),
    [
        ("en", "Deployed", "Its people or means are in place"),
        ("fr", "Déployée", "Ses personnels ou ses moyens"),
        ("fr-ca", "Déployée", "Ses personnels ou ses moyens"),
        ("de", "Deployed", "Its people or means are in place"),
    ],
)
def test_label_and_definition_follow_the_language_of_the_reader(language, label, definition):
    with translation.override(language):
        assert str(LadderStatus.DEPLOYED.label) == label
        assert ("deployed", label) in LadderStatus.choices
        assert label in LadderStatus.labels
        assert str(LadderStatus.DEPLOYED.definition).startswith(definition)


def test_a_field_made_once_shows_its_choice_in_each_language():
    field = models.CharField(choices=LadderStatus, max_length=CODE_LENGTH)
    with translation.override("fr"):
        assert dict(field.flatchoices)["declined"] == "Refusée"
    with translation.override("en"):
        assert dict(field.flatchoices)["declined"] == "Declined"


def test_a_migration_holds_plain_codes_and_english_labels():
    field = models.CharField(choices=Standing, default=Standing.ACCEPTED, max_length=CODE_LENGTH)
    with translation.override(None):
        written, imports = MigrationWriter.serialize(field)
    assert "[('accepted', 'Accepted'), ('conflicting', 'Conflicting')]" in written
    assert "default='accepted'" in written
    assert imports == {"from django.db import models"}


def test_a_migration_read_back_equals_the_field_it_was_written_from():
    field = models.CharField(choices=OrganizationKind, max_length=CODE_LENGTH)
    with translation.override(None):
        kept = eval(MigrationWriter.serialize(field)[0], {"models": models})
        assert kept.deconstruct() == field.deconstruct()


def test_the_conditions_of_a_constraint_are_written_as_plain_codes():
    written, _ = MigrationWriter.serialize(
        within("standing", Standing) & all_within("caveats", Caveat)
    )
    assert "('standing__in', ['accepted', 'conflicting'])" in written
    assert f"('caveats__contained_by', {Caveat.values!r})" in written


@pytest.fixture
def shelf(committed_db):
    """A throwaway table with one column of a code and one of several codes, both checked."""
    with isolate_apps():

        class Shelf(models.Model):
            kind = models.CharField(choices=OperationType, max_length=CODE_LENGTH)
            roles = ArrayField(models.CharField(choices=ContributorRole, max_length=CODE_LENGTH))

            class Meta:
                app_label = "records"
                constraints = [
                    models.CheckConstraint(
                        name="shelf_kind_is_listed", condition=within("kind", OperationType)
                    ),
                    models.CheckConstraint(
                        name="shelf_roles_are_listed",
                        condition=all_within("roles", ContributorRole),
                    ),
                ]

            def __str__(self):
                return self.kind

        with connections["owner"].schema_editor() as editor:
            editor.create_model(Shelf)
            editor.execute(f'GRANT ALL ON {Shelf._meta.db_table} TO "{settings.ROLES.app}"')
            editor.execute(
                f'GRANT ALL ON SEQUENCE {Shelf._meta.db_table}_id_seq TO "{settings.ROLES.app}"'
            )
        yield Shelf


def test_the_database_takes_the_codes_of_the_list(shelf):
    kept = shelf.objects.create(
        kind=OperationType.OTHER, roles=[ContributorRole.TROOPS, ContributorRole.FUNDING]
    )
    kept.full_clean()
    kept.refresh_from_db()
    assert (kept.kind, kept.roles) == ("other", ["troops", "funding"])
    assert shelf.objects.create(kind="other", roles=[]).get_kind_display() == "Other"


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"kind": "barkhane", "roles": []}, "shelf_kind_is_listed"),
        ({"kind": "", "roles": []}, "shelf_kind_is_listed"),
        ({"kind": "other", "roles": ["troops", "spies"]}, "shelf_roles_are_listed"),
    ],
)
def test_the_database_refuses_a_code_outside_the_list(shelf, values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        shelf.objects.create(**values)


def test_a_form_names_the_field_that_holds_a_code_outside_the_list(shelf):
    with pytest.raises(ValidationError) as refused:
        shelf(kind="barkhane", roles=["spies"]).full_clean()
    assert {"kind", "roles"} <= set(refused.value.error_dict)
