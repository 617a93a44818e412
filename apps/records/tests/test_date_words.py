"""Partial dates in English and French words."""

import pytest

from apps.records.dates import PartialDate

WORDS = [
    ("", "not stated", "non précisé"),
    ("2020", "2020", "2020"),
    ("2020-01", "January 2020", "janvier 2020"),
    ("2020-01-19", "19 January 2020", "19 janvier 2020"),
    ("2014-08-01", "1 August 2014", "1er août 2014"),
    ("2020-23", "autumn 2020", "automne 2020"),
    ("2020-24", "winter 2020–2021", "hiver 2020–2021"),
    ("201X", "the 2010s", "années 2010"),
    ("20XX", "the years 2000 to 2099", "années 2000 à 2099"),
    ("2020-XX", "2020 (month not stated)", "2020 (mois non précisé)"),
    ("2020-XX-XX", "2020 (month and day not stated)", "2020 (mois et jour non précisés)"),
    ("2020-01-XX", "January 2020 (day not stated)", "janvier 2020 (jour non précisé)"),
    ("2020-01~", "about January 2020", "vers janvier 2020"),
    ("2020-01-19~", "about 19 January 2020", "vers le 19 janvier 2020"),
    ("2020-22~", "about summer 2020", "vers l’été 2020"),
    ("2020-21~", "about spring 2020", "vers le printemps 2020"),
    ("201X~", "about the 2010s", "vers les années 2010"),
    ("2020-01?", "January 2020 (uncertain)", "janvier 2020 (date incertaine)"),
    ("2020-01%", "about January 2020 (uncertain)", "vers janvier 2020 (date incertaine)"),
    ("../2013", "until 2013", "jusqu’en 2013"),
    ("../2013-04", "until April 2013", "jusqu’en avril 2013"),
    ("../2014-08-01", "until 1 August 2014", "jusqu’au 1er août 2014"),
    ("../2020-23", "until autumn 2020", "jusqu’à l’automne 2020"),
    ("../201X", "until the 2010s", "jusqu’aux années 2010"),
    ("2014-08-01/..", "from 1 August 2014", "à partir du 1er août 2014"),
    ("2014/..", "from 2014", "à partir de 2014"),
    ("2014-10/..", "from October 2014", "à partir d’octobre 2014"),
    ("2020-24/..", "from winter 2020–2021", "à partir de l’hiver 2020–2021"),
    ("201X/..", "from the 2010s", "à partir des années 2010"),
    ("2013/2014", "from 2013 to 2014", "de 2013 à 2014"),
    ("2013-04/2014-05", "from April 2013 to May 2014", "d’avril 2013 à mai 2014"),
    (
        "2014-08-01/2014-08-11",
        "from 1 August 2014 to 11 August 2014",
        "du 1er août 2014 au 11 août 2014",
    ),
    ("2020-21/2020-23", "from spring 2020 to autumn 2020", "du printemps 2020 à l’automne 2020"),
    ("199X/200X", "from the 1990s to the 2000s", "des années 1990 aux années 2000"),
    (
        "2013~/2014?",
        "from about 2013 to 2014 (uncertain)",
        "de 2013 (date approximative) à 2014 (date incertaine)",
    ),
]


@pytest.mark.parametrize(("text", "english", "french"), WORDS)
def test_a_date_is_said_as_precisely_as_it_is_known(text, english, french):
    partial = PartialDate.parse(text)

    assert (partial.human("en"), partial.human("fr")) == (english, french)


def test_a_regional_language_code_gives_its_language_and_an_unknown_one_english():
    partial = PartialDate.parse("2020-01")

    assert [partial.human(code) for code in ("fr-FR", "en-gb", "ar")] == [
        "janvier 2020",
        "January 2020",
        "January 2020",
    ]


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        (
            "2020-23",
            "autumn 2020: 1 September to 30 November 2020",
            "automne 2020\xa0: du 1er septembre au 30 novembre 2020",
        ),
        (
            "2020-24",
            "winter 2020–2021: 1 December 2020 to 28 February 2021",
            "hiver 2020–2021\xa0: du 1er décembre 2020 au 28 février 2021",
        ),
        (
            "2020-01~",
            "about January 2020: 1 to 31 January 2020",
            "vers janvier 2020\xa0: du 1er au 31 janvier 2020",
        ),
        (
            "../2013",
            "until 2013: 31 December 2013 or earlier",
            "jusqu’en 2013\xa0: 31 décembre 2013 ou avant",
        ),
        (
            "2014-08-01/..",
            "from 1 August 2014: 1 August 2014 or later",
            "à partir du 1er août 2014\xa0: 1er août 2014 ou après",
        ),
        ("2020-01-19", "19 January 2020", "19 janvier 2020"),
        (
            "2020-01-19~",
            "about 19 January 2020: 19 January 2020",
            "vers le 19 janvier 2020\xa0: 19 janvier 2020",
        ),
        ("", "not stated", "non précisé"),
    ],
)
def test_a_form_is_told_which_days_a_date_may_mean(text, english, french):
    partial = PartialDate.parse(text)

    assert (partial.explain("en"), partial.explain("fr")) == (english, french)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("2020-01", "since January 2020"),
        ("../2020-01-20", "by 20 January 2020"),
        ("2014/..", "from 2014"),
    ],
)
def test_what_began_by_a_day_is_not_said_to_have_lasted_until_it(text, english):
    assert PartialDate.parse(text).ever_since("en") == english
