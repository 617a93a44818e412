"""Where an excerpt stands, and what is offered for one that does not."""

import pytest

from apps.records.passages import Passage, nearest, quotation, shortened, stands

TEXT = [
    "The ministry said that 4,500 soldiers “will stay” in the region.",
    "A second country promised 60 instructors by the summer.",
]


@pytest.mark.parametrize(
    ("paragraph", "excerpt", "expected"),
    [
        (1, "4,500 soldiers “will stay”", True),
        (2, "4,500 soldiers", False),
        (1, "4500 soldiers", False),
        (3, "promised", False),
        (0, "promised", False),
    ],
)
def test_an_excerpt_stands_letter_by_letter_in_its_paragraph(paragraph, excerpt, expected):
    assert stands(TEXT, paragraph, excerpt) is expected


@pytest.mark.parametrize(
    ("excerpt", "expected"),
    [
        ("60 instructors", Passage(2, "60 instructors")),
        ('4,500 soldiers "will stay"', Passage(1, "4,500 soldiers “will stay”")),
        ("a second county promissed", Passage(2, "A second country promised")),
        ("60 Instructors by summer", Passage(2, "instructors by the summer")),
        ("no word of it stands here", None),
        ("…", None),
    ],
)
def test_the_nearest_passage_is_offered(excerpt, expected):
    assert nearest(TEXT, 1, excerpt) == expected


def test_of_passages_as_near_that_of_the_paragraph_named_is_offered():
    assert nearest(["one two three", "one two three"], 2, "One two Three").paragraph == 2


@pytest.mark.parametrize("paragraphs", [[], [""]])
def test_a_text_without_words_offers_nothing(paragraphs):
    assert nearest(paragraphs, 1, "some words") is None


def test_a_selection_is_cut_at_a_word_to_what_an_excerpt_may_hold():
    assert shortened("  a phrase ") == "a phrase"
    long = "word " * 60
    assert long.startswith(shortened(long))
    assert shortened(long).endswith("word")
    assert 195 <= len(shortened(long)) <= 200
    assert len(shortened("x" * 300)) == 200


def test_an_excerpt_is_of_one_line():
    assert shortened("one\ntwo words\nx") == "two words"
    assert nearest(["one\ntwo words"], 1, "One two words") == Passage(1, "two words")


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("will stay", "will stay"),
        ("said that 4,500 soldiers “will stay”", "will stay"),
        ("The ministry", ""),
        ("not there", ""),
    ],
)
def test_what_a_source_quotes_is_told_from_what_it_says(words, quoted):
    assert quotation(TEXT[0], words) == quoted
