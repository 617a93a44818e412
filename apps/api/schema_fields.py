"""How drf-spectacular describes what is ours: vocabularies, references that expand, blanks."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent

from apps.api.serializers import SERIALIZERS
from apps.records.vocabularies import Vocabulary

INTRODUCTION = (
    "A citable reference database of security operations in the Sahel. Read-only, open to all,"
    " licence CC BY 4.0.\n\n"
    "What no source states is an empty text, an empty list, `null` for a number, date or"
    " reference, and `not_stated` for a code: never zero or none. Dates are as precise as"
    " their source: EDTF, with the first and last day that they may mean. A record named by"
    " another is a reference; `expand` gives it whole. Every list can be asked for at any past"
    " state with `as_of`. Unknown parameters are refused. Nothing disappears within v1."
)


def described(vocabulary: type[Vocabulary]) -> dict[str, Any]:
    """Return the JSON Schema of the codes of a list, with what each means."""
    terms = "\n".join(f"* `{term.value}`: {term.definition_en}" for term in vocabulary)
    return {
        "type": "string",
        "enum": vocabulary.values,
        "description": f"{vocabulary.about_en}\n\n{terms}",
    }


class CodeFieldSchema(OpenApiSerializerFieldExtension):
    """Each vocabulary is one component, named as its class."""

    target_class = "apps.api.serializers.base.CodeField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        vocabulary = self.target.vocabulary
        component = ResolvedComponent(
            name=vocabulary.__name__,
            type=ResolvedComponent.SCHEMA,
            schema=described(vocabulary),
            object=vocabulary,
        )
        auto_schema.registry.register_on_missing(component)
        return component.ref


class ExpandableSchema(OpenApiSerializerFieldExtension):
    """A reference, or the whole record where `expand=` names it."""

    target_class = "apps.api.serializers.base.Expandable"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        classes = [SERIALIZERS[self.target.into]]
        if self.target.reference:
            classes.insert(0, self.target.reference)
        refs = [auto_schema.resolve_serializer(each, "response").ref for each in classes]
        shape = {"anyOf": refs} if len(refs) > 1 else refs[0]
        return {"type": "array", "items": shape} if self.target.many else shape


def blank_is_not_asked(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """Say of every parameter in a query that it may be sent blank, as a form sends its fields."""
    for methods in result["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "query":
                    parameter["allowEmptyValue"] = True
    return result


def introduced(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """Say before everything else what holds for all of it."""
    result["info"]["description"] = INTRODUCTION
    return result
