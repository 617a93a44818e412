"""Kinds of organisation; read by the Organization model."""

from apps.records.vocabularies.base import OURS, Vocabulary, not_stated, other, term


class OrganizationKind(
    Vocabulary,
    title_en="Kind of organisation",
    title_fr="Nature de l’organisation",
    about_fr="Ce qu’est une organisation. Une opération n’en est pas une ; un pays non plus.",
):
    """What an organisation is. An operation is not one, and neither is a country."""

    INTERNATIONAL_ORGANIZATION = term(
        "international_organization",
        "International organisation",
        "Open to states of the whole world, such as the United Nations, or one of its bodies.",
        "Organisation internationale",
        "Ouverte aux États du monde entier, comme l’ONU, ou l’un de ses organes.",
        OURS,
    )
    REGIONAL_ORGANIZATION = term(
        "regional_organization",
        "Regional organisation",
        "States of one region with common institutions, such as the European Union.",
        "Organisation régionale",
        "États d’une même région dotés d’institutions communes, comme l’Union européenne.",
        OURS,
    )
    GROUPING = term(
        "grouping",
        "Grouping",
        "Countries spoken of as one under a name, such as the G5 Sahel; members are dated.",
        "Groupe de pays",
        "Pays désignés ensemble par un nom, comme le G5 Sahel ; les adhésions sont datées.",
        OURS,
    )
    ALLIANCE = term(
        "alliance",
        "Alliance",
        "States bound by treaty to defend one another, such as NATO; not an ad hoc coalition.",
        "Alliance",
        "États liés par un traité de défense mutuelle, comme l’OTAN ; pas une coalition ad hoc.",
        OURS,
    )
    ARMED_FORCE = term(
        "armed_force",
        "Armed force",
        "The armed forces of a state or a named part of them: a service, a command, a staff.",
        "Force armée",
        "Forces armées d’un État ou partie nommée de celles-ci : armée, commandement, état-major.",
        OURS,
    )
    LEGISLATURE = term(
        "legislature",
        "Legislature",
        "A parliament or one of its chambers, such as the Congress of the United States.",
        "Parlement",
        "Parlement ou l’une de ses chambres, comme le Congrès des États-Unis.",
        OURS,
    )
    MINISTRY_OR_AGENCY = term(
        "ministry_or_agency",
        "Ministry or agency",
        "A ministry, agency or office of one government; its armed forces have their own code.",
        "Ministère ou agence",
        "Ministère, agence ou service d’un gouvernement ; ses forces armées ont leur code.",
        OURS,
    )
    OTHER = other()
    NOT_STATED = not_stated()
