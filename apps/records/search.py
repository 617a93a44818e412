"""Searches all kinds of records at once: what bears the words as its name or code comes first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchRank
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, FloatField, Func, Q, QuerySet, TextField, Value
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import Cast, NullIf
from django.db.models.lookups import Exact
from django.utils.html import strip_tags

from apps.records.catalogue import CATALOGUE, Entry
from apps.records.filters.base import bad_parameter
from apps.records.filters.values import WordsField
from apps.records.likeness import folded
from apps.records.models import Record
from apps.records.models.functions import Filed
from apps.records.paging import Pager
from apps.records.reconciling import Reconciler, with_ids
from apps.records.text_search import CONFIGURATIONS, words_of
from apps.revisions.parameters import composed

# Characters of no script, which stand in no text: a template makes <mark> of what is between.
START, STOP = "\ue000", "\ue001"
BETWEEN = " … "
MOST_RANKED = 500
# Under so many letters, names that are like a text are like many others.
SHORTEST_LIKE = 3
# Of 100: a slip of a letter leaves a name so like; less is another word.
ALIKE = 45
# The weights of D, C, B and A: only what was filed as a name counts.
NAMES_ALONE = [0.0, 0.0, 0.0, 1.0]


@dataclass(frozen=True)
class Searched:
    """What is searched of a kind of record.

    A record whose `names` hold the whole text, but for accents and capitals, comes first of all.
    The headline is cut from `texts`, which a page does not show beside the name anyway. `related`
    is fetched because the record's name has it. `named` is False where the heaviest words are
    not a name. `newest` is the order of a kind that may have so many records with common words
    that ranking them all takes seconds: the first in it are ranked.
    """

    entry: Entry
    names: tuple[str, ...]
    texts: tuple[str, ...]
    related: tuple[str, ...] = ()
    named: bool = True
    newest: str = ""


SEARCHED = (
    Searched(
        CATALOGUE["operations"],
        names=("name", "short_name", "slug"),
        texts=("short_name", "mandate", "focus_area", "note"),
    ),
    Searched(
        CATALOGUE["countries"],
        names=("name_en", "name_fr", "iso2", "iso3"),
        texts=("name_fr", "iso2", "iso3"),
    ),
    Searched(
        CATALOGUE["organizations"],
        names=("name", "abbreviation", "slug"),
        texts=("abbreviation", "note"),
    ),
    Searched(CATALOGUE["people"], names=("name", "slug"), texts=("note",)),
    Searched(
        CATALOGUE["statements"],
        names=(),
        texts=("words", "summary", "speaker_label", "occasion", "office"),
        related=("speaker_person", "speaker_country", "speaker_organization"),
        named=False,
        newest="-said",
    ),
    Searched(CATALOGUE["sources"], names=("title",), texts=("publisher", "author", "note")),
)


@dataclass(frozen=True)
class Fragment:
    """A stretch of a headline; `marked` where it is a word that was searched for."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Hit:
    """A record found; `headline` is plain text in stretches, to be escaped like any other.

    It is `near` where it has none of the words, but a name that begins with them or is like them.
    """

    entry: Entry
    record: Record
    headline: tuple[Fragment, ...]
    rank: tuple[bool, bool, float]
    near: bool = False


def search(text: str, *, limit: int = 20) -> list[Hit]:
    """Return at most `limit` records for `text` (as `q`), best first; none for a blank text.

    First those whose name or code it is, then those with its words in their name, then the rest,
    each by how often and how heavily the words occur. One query for each kind of record. Where
    nothing has the words, those whose names begin with them or are like them: half a word typed,
    a slip of a letter. Raises BadParameter, naming `q`.
    """
    words = read_words(text)
    if not words:
        return []
    hits = [hit for searched in SEARCHED for hit in _hits(searched, words, limit)]
    if not hits:
        return list(_near(words, limit))
    return sorted(hits, key=lambda hit: hit.rank, reverse=True)[:limit]


def _near(words: str, limit: int) -> Iterator[Hit]:
    """Give the records with names that the text begins or nearly is.

    Names are kept at hand by revision (reconciling.py): a query a kind for the records.
    """
    if len(folded(words)) < SHORTEST_LIKE:
        return
    reconciler = Reconciler.now()
    candidates = reconciler.candidates(words, limit=limit)
    exact = [each.named for each in candidates if each.exact]
    alike = {each.named.public_id for each in candidates if each.likeness >= ALIKE}
    like = [
        named
        for _, named in reconciler.beginning_with(words, limit=limit)
        if named.public_id in alike or any(folded(words) in name for name in named.names)
    ]
    ids = list(dict.fromkeys(named.public_id for named in [*exact, *like]))[:limit]
    records = with_ids(ids)
    for public_id in ids:
        entry, record = records[public_id]
        yield Hit(entry, record, (), (False, False, 0.0), near=True)


def read_words(text: str) -> str:
    """Return the words of `text` as filters read them; "" for a blank one. Raises BadParameter."""
    try:
        return WordsField().clean(composed("q", text)) or ""
    except ValidationError as error:
        raise bad_parameter("q", error) from None


def _hits(searched: Searched, words: str, limit: int) -> Iterator[Hit]:
    found = _found(searched, words).order_by("-is_it", "-name_rank", "-text_rank", "pk")
    for record in found.select_related(*searched.related)[:limit]:
        rank = (record.is_it, record.name_rank > 0, record.text_rank)
        yield Hit(searched.entry, record, fragments(_marked(searched, record)), rank)


def _found(searched: Searched, words: str) -> QuerySet[Any]:
    """Return the records with the words, and how well each fits."""
    query, model = words_of(words), searched.entry.model
    names = SearchRank(F("search"), query, weights=NAMES_ALONE) if searched.named else Value(0.0)
    found = model.objects.matching(words)
    if searched.newest:
        order = Pager(searched.entry.ordering[searched.newest], "")
        found = model.objects.among(order.ordered(found)[:MOST_RANKED])
    return found.annotate(
        is_it=_is_it(searched, words),
        name_rank=Cast(names, FloatField()),
        text_rank=SearchRank(F("search"), query),
        **{f"headline_{n}": _headline(searched, words, n) for n in range(len(CONFIGURATIONS))},
    )


def _is_it(searched: Searched, words: str) -> Any:
    """Return the condition that one of the names is the whole text."""
    folded = Filed(Value(words))
    named = [Q(Exact(Filed(F(name)), folded)) for name in searched.names]
    return ExpressionWrapper(reduce(or_, named, Q(pk__in=[])), output_field=BooleanField())


def _headline(searched: Searched, words: str, configuration: int) -> SearchHeadline:
    """Return a passage around the words; each language marks the words that it stems alike."""
    texts = [NullIf(F(name), Value("")) for name in searched.texts]
    return SearchHeadline(
        Func(Value(BETWEEN), *texts, function="concat_ws", output_field=TextField()),
        words_of(words),
        config=CONFIGURATIONS[configuration],
        start_sel=START,
        stop_sel=STOP,
        # Without it a passage begins at the words, and what they are said of stands before them.
        max_fragments=1,
        short_word=0,  # type: ignore[arg-type]  # the stubs say text; Django, a number
        max_words=30,
        min_words=12,
    )


def _marked(searched: Searched, record: Any) -> str:
    """Return the headline with the most marks, with dots where the text goes on.

    Each is made as of one language. It is given up to the next space on both sides: PostgreSQL cuts
    between what it takes for words, and "13,000-strong" would begin as "strong".
    """
    headlines = [getattr(record, f"headline_{n}") for n in range(len(CONFIGURATIONS))]
    headline = _in_a_line(max(headlines, key=lambda headline: headline.count(START)))
    # What looks like HTML is in no headline.
    texts = BETWEEN.join(filter(None, (getattr(record, name) for name in searched.texts)))
    text = _in_a_line(strip_tags(texts))
    passage = _unmarked(headline)
    if not passage or passage not in text:
        return headline
    before, _, after = text.partition(passage)
    earlier, _, begun = before.rpartition(" ")
    ended, _, later = after.partition(" ")
    headline = begun + headline + ended
    return BETWEEN.lstrip() * bool(earlier) + headline + BETWEEN.rstrip() * bool(later)


def _in_a_line(text: str) -> str:
    return " ".join(text.split())


def _unmarked(headline: str) -> str:
    return re.sub(f"[{START}{STOP}]", "", headline)


def fragments(headline: str) -> tuple[Fragment, ...]:
    """Cut a headline at its marks."""
    stretches = re.split(f"{START}(.*?){STOP}", headline, flags=re.DOTALL)
    cut = [Fragment(text, bool(place % 2)) for place, text in enumerate(stretches)]
    return tuple(fragment for fragment in cut if fragment.text)
