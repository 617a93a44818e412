"""Receipts: prove what the database said, or did not say, at a revision."""

import re
from collections.abc import Collection
from hashlib import sha256
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.parameters import whole_number
from apps.api.problems import ERRORS
from apps.api.receipts import receipt_address
from apps.api.schema import REVISION_HEADER, SHARED
from apps.api.views.base import PublicView, site_of, state_of
from apps.records.catalogue import CATALOGUE, Entry
from apps.records.proofs import PROOFS
from apps.records.receipts import citation, digest, query_text, question_of
from apps.records.releases import Release, listed, named
from apps.revisions.models import Revision
from apps.revisions.parameters import BadParameter
from apps.revisions.public import State

TYPES = (*CATALOGUE, *PROOFS)
MOST = 10**12
HASH = "64 hexadecimal digits in small letters, as a receipt gives them"


class ClaimSerializer(serializers.Serializer):
    """What the address of the receipt claims."""

    count = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField(allow_null=True)


class ReceiptSerializer(serializers.Serializer):
    """What a question finds at a revision, or how a release is; and whether it was so before."""

    type = serializers.CharField(help_text="The type of the list, or `release`.")
    query = serializers.CharField(help_text="The question; equal for equal questions.")
    as_of = serializers.IntegerField(help_text="The revision.")
    made_at = serializers.DateTimeField(allow_null=True, help_text="When it was made.")
    revision_hash = serializers.CharField(help_text="SHA-256 of the history up to it.")
    count = serializers.IntegerField(help_text="How many records there are.")
    sha256 = serializers.CharField(
        help_text="Of the result: the public ids, sorted, each with the SHA-256 of its record; of"
        " a release that of its index.json."
    )
    covers = serializers.ChoiceField(
        choices=["records", "ids", "revisions", "terms", "files"],
        help_text="What the hash is over. ids: of over 10,000 records the ids alone. revisions:"
        " their numbers and hashes, which are over all that they changed. terms: the entries of the"
        " controlled lists. files: of a release its index.json, which has the hash of every file.",
    )
    columns = serializers.IntegerField(
        allow_null=True,
        help_text="Of records: how many of the export columns, from the first, the hash is of.",
    )
    claimed = ClaimSerializer(allow_null=True)
    verified = serializers.BooleanField(
        allow_null=True,
        help_text="Whether the claims hold; null where none is made: the receipt is new.",
    )
    problems = serializers.ListField(
        child=serializers.CharField(), help_text="What does not hold, in words."
    )
    cite = serializers.URLField(help_text="The receipt of what is found: keep this address.")
    url = serializers.URLField(help_text="The list, or the release, itself.")
    text = serializers.CharField(help_text="A citation.")


def _said(name: str, schema: Any, description: str, *examples: str) -> OpenApiParameter:
    shown = [OpenApiExample(example, example) for example in examples]
    return OpenApiParameter(name, schema, description=description, examples=shown)


class Receipts(PublicView):
    """Makes a receipt, or checks one."""

    known = (
        "type",
        "query",
        "as_of",
        "count",
        "sha256",
        "columns",
        "release",
        "format",
    )

    @extend_schema(
        operation_id="receipts",
        tags=["receipts"],
        summary="What a question found at a revision: make a receipt, or check one",
        description='Every list links to its receipt (`Link`, rel="cite-as"). Without `count`'
        " and `sha256` the answer is a new receipt, and `cite` is its address. With them the"
        " question is put again as of that revision, and `verified` says whether they hold. It"
        " proves an empty result as well. Nothing is stored. /data/releases-and-receipts/ says how"
        " the hash is made, so that it can be made elsewhere.",
        parameters=[
            _said(
                "type",
                {"type": "string", "enum": list(TYPES)},
                "The type of the list. Needed unless `release` is given.",
                "operations",
            ),
            _said("query", {"type": "string"}, "The filters of the list, as a query string."),
            OpenApiParameter(
                "as_of", {"type": "string"}, description="The revision; the newest if left out."
            ),
            _said(
                "count",
                {"type": "integer", "minimum": 0, "maximum": MOST},
                "Claims that there are so many.",
            ),
            _said("sha256", {"type": "string", "pattern": "^[0-9a-f]{64}$"}, "Claims this hash."),
            _said(
                "columns",
                {"type": "integer", "minimum": 1, "maximum": 1000},
                "How many of the export columns the hash is of; all if left out.",
            ),
            _said("release", {"type": "string"}, "Instead of a list: the name of a release."),
            SHARED["format"],
            REVISION_HEADER,
        ],
        responses={200: ReceiptSerializer, **ERRORS},
    )
    def get(self, request: Request) -> Response:
        given = request.query_params
        if given.get("release"):
            receipt = self.of_release(request, given)
            # The files of a release are not of a revision: what is told of them may change without.
            told = sha256(repr(receipt).encode()).hexdigest()
            return Response(receipt, headers={"ETag": f'"{told}"'})
        kind = _kind(given)
        if kind in PROOFS:
            return Response(self.of_log(request, given, kind))
        return Response(self.of_list(request, given, CATALOGUE[kind]))

    def of_list(self, request: Request, given: QueryDict, entry: Entry) -> dict[str, Any]:
        """Return the receipt of a list of records. Raises BadParameter."""
        state = state_of(request)
        most = len(entry.columns)
        columns = whole_number(given, "columns", least=1, most=most) or most
        question = question_of(entry, given.get("query", ""))
        query = query_text(question.parameters)
        found = digest(question, columns)
        address = receipt_address(
            request,
            type=entry.name,
            query=query,
            as_of=state.shown,
            count=found.count,
            sha256=found.sha256,
            columns=columns,
        )
        return {
            "type": entry.name,
            "query": query,
            **_told(state),
            **vars(found),
            "columns": columns,
            **_checked(given, found.count, found.sha256),
            "cite": address,
            "url": _list_address(request, entry.name, query, state),
            "text": citation(entry.title, query, found, state, address, _day(given)),
        }

    def of_log(self, request: Request, given: QueryDict, kind: str) -> dict[str, Any]:
        """Return the receipt of a list that is not of records. Raises BadParameter."""
        if "columns" in given:
            reason = f"The list of {kind} is not hashed by column."
            raise BadParameter("columns", str(given["columns"]), "nothing here", reason)
        proof, state = PROOFS[kind], state_of(request)
        query, since = proof.question(given.get("query", ""), state.shown)
        found = proof.digest(since)
        told = {"type": kind, "query": query, "as_of": state.shown}
        address = receipt_address(request, **told, count=found.count, sha256=found.sha256)
        return {
            **told,
            **_told(state),
            **vars(found),
            "columns": None,
            **_checked(given, found.count, found.sha256),
            "cite": address,
            "url": _list_address(request, kind, query, state),
            "text": citation(proof.title, query, found, state, address, _day(given)),
        }

    def of_release(self, request: Request, given: QueryDict) -> dict[str, Any]:
        """Return the receipt of a release. Raises BadParameter."""
        release = _release(given)
        address = receipt_address(request, release=release.name, sha256=release.sha256)
        count = sum(release.rows.get(name, 0) for name in CATALOGUE)
        return {
            "type": "release",
            "query": "",
            "as_of": release.revision,
            "made_at": release.made_at,
            "revision_hash": release.revision_hash,
            "count": count,
            "sha256": release.sha256,
            "covers": "files",
            "columns": None,
            **_checked(given, count, release.sha256, faults=_faults(release)),
            "cite": address,
            "url": f"{site_of(request)}{reverse('api:releases-detail', args=[release.name])}",
            "text": f"{release.citation} {address}",
        }


def _day(given: QueryDict) -> str:
    """Return the day or moment that was asked for; "" where it was a revision, or the newest."""
    text = given.get("as_of", "").strip()
    return "" if text.isdigit() else text


def _kind(given: QueryDict) -> str:
    kind = given.get("type", "")
    if kind not in TYPES:
        reason = "" if kind else "A receipt is of a `type` of list, or of a `release`."
        raise BadParameter("type", kind, TYPES, reason)
    return kind


def _release(given: QueryDict) -> Release:
    """Return the release named. Raises BadParameter for what only a list has, too."""
    if other := next((name for name in ("type", "query", "as_of", "columns") if name in given), ""):
        value, reason = given.get(other, ""), f"A release has no `{other}`."
        raise BadParameter(other, value, "nothing beside `release`", reason)
    name = given.get("release", "")
    release = named(name)
    if release is None:
        raise BadParameter("release", name, [each.name for each in listed()])
    return release


def _faults(release: Release) -> list[str]:
    """Return what speaks against the release: its files, and the history that it is of."""
    revision = Revision.objects.filter(number=release.revision).first()
    faults = [f"The file {name} is not as it was made." for name in release.altered()]
    if revision is None or revision.hash != release.revision_hash:
        faults.append(f"The history up to revision {release.revision} has another hash here.")
    return faults


def _told(state: State) -> dict[str, Any]:
    return {"as_of": state.shown, "made_at": state.made_at, "revision_hash": state.hash}


def _checked(
    given: QueryDict, count: int, sha256: str, faults: Collection[str] = ()
) -> dict[str, Any]:
    """Return what is claimed and whether it holds. Raises BadParameter for what is no claim."""
    claimed = {
        "count": whole_number(given, "count", least=0, most=MOST),
        "sha256": _hash(given.get("sha256", "")),
    }
    problems = [
        *(
            f"The {name} claimed is {claimed[name]}; found: {value}."
            for name, value in {"count": count, "sha256": sha256}.items()
            if claimed[name] not in (None, value)
        ),
        *faults,
    ]
    claims = claimed != {"count": None, "sha256": None}
    return {
        "claimed": claimed if claims else None,
        "verified": not problems if claims or problems else None,
        "problems": problems,
    }


def _hash(text: str) -> str | None:
    if text and not re.fullmatch(r"[0-9a-f]{64}", text, re.ASCII):
        raise BadParameter("sha256", text, HASH)
    return text or None


def _list_address(request: Request, kind: str, query: str, state: State) -> str:
    asked = QueryDict(query, mutable=True)
    asked["as_of"] = str(state.shown)
    list_path = reverse(f"api:{kind}-list")
    return f"{site_of(request)}{list_path}?{asked.urlencode(safe=',:/')}"
