"""The controlled lists of the database: what every code means, in English and in French.

One file a noun. Models import the lists from here; the codebook reads `VOCABULARIES`.
"""

from apps.records.vocabularies.acts import Act, Setting
from apps.records.vocabularies.base import CODE_LENGTH, Vocabulary, all_within, within
from apps.records.vocabularies.caveats import Caveat
from apps.records.vocabularies.contributors import ContributorRole, LadderStatus
from apps.records.vocabularies.mandates import LegalBasis, MandateFunction
from apps.records.vocabularies.operations import (
    ConductingBody,
    MilestoneKind,
    OperationStatus,
    OperationType,
)
from apps.records.vocabularies.organizations import OrganizationKind
from apps.records.vocabularies.publishing import Publication
from apps.records.vocabularies.sources import Rank, SourceType, Standing
from apps.records.vocabularies.statements import Attribution, QuoteForm, SpeakerKind, Stance
from apps.records.vocabularies.strengths import (
    PersonnelType,
    StrengthBasis,
    StrengthBound,
    StrengthScope,
)

# The names stand in addresses of the codebook: written out, because addresses are promises.
VOCABULARIES: dict[str, type[Vocabulary]] = {
    "publication": Publication,
    "organization-kind": OrganizationKind,
    "operation-type": OperationType,
    "conducting-body": ConductingBody,
    "mandate-function": MandateFunction,
    "legal-basis": LegalBasis,
    "operation-status": OperationStatus,
    "milestone-kind": MilestoneKind,
    "contributor-role": ContributorRole,
    "ladder-status": LadderStatus,
    "strength-basis": StrengthBasis,
    "strength-bound": StrengthBound,
    "strength-scope": StrengthScope,
    "personnel-type": PersonnelType,
    "speaker-kind": SpeakerKind,
    "attribution": Attribution,
    "quote-form": QuoteForm,
    "act": Act,
    "stance": Stance,
    "setting": Setting,
    "source-type": SourceType,
    "standing": Standing,
    "rank": Rank,
    "caveat": Caveat,
}

__all__ = [
    "CODE_LENGTH",
    "VOCABULARIES",
    "Act",
    "Attribution",
    "Caveat",
    "ConductingBody",
    "ContributorRole",
    "LadderStatus",
    "LegalBasis",
    "MandateFunction",
    "MilestoneKind",
    "OperationStatus",
    "OperationType",
    "OrganizationKind",
    "PersonnelType",
    "Publication",
    "QuoteForm",
    "Rank",
    "Setting",
    "SourceType",
    "SpeakerKind",
    "Stance",
    "Standing",
    "StrengthBasis",
    "StrengthBound",
    "StrengthScope",
    "Vocabulary",
    "all_within",
    "within",
]
