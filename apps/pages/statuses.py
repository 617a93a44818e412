"""The glyph beside the word of a status: never colour alone, never a glyph alone."""

from apps.records.vocabularies import LadderStatus, OperationStatus

RING, HALF, DISC, STRUCK = "ring", "half", "disc", "struck"

GLYPHS: dict[str, str] = {
    OperationStatus.ANNOUNCED: RING,
    OperationStatus.PREPARING: HALF,
    OperationStatus.INITIAL_OPERATING_CAPABILITY: DISC,
    OperationStatus.FULL_OPERATING_CAPABILITY: DISC,
    OperationStatus.ACTIVE: DISC,
    OperationStatus.DRAWING_DOWN: HALF,
    OperationStatus.SUSPENDED: STRUCK,
    OperationStatus.CONCLUDED: STRUCK,
    OperationStatus.ABSORBED: STRUCK,
    LadderStatus.REQUESTED: RING,
    LadderStatus.CONSIDERED: RING,
    LadderStatus.CONDITIONAL: RING,
    LadderStatus.COMMITTED: HALF,
    LadderStatus.DEPLOYED: DISC,
    LadderStatus.UNDER_REVIEW: HALF,
    LadderStatus.REDUCED: HALF,
    LadderStatus.WITHDRAWN: STRUCK,
    LadderStatus.DECLINED: STRUCK,
}


def glyph_of(code: str) -> str:
    """Return the name of the glyph of a status code; "" where no source states one."""
    return GLYPHS.get(code, "")
