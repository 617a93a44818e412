"""The database is what the models say: all triggers are in place."""

import pgtrigger
import pytest
from django.db.models import Model
from pgtrigger import core


@pytest.mark.parametrize(
    ("model", "trigger"),
    [
        pytest.param(model, trigger, id=f"{model._meta.label}-{trigger.name}")
        for model, trigger in pgtrigger.registered()
    ],
)
def test_the_trigger_is_installed(db: None, model: Model, trigger: pgtrigger.Trigger) -> None:
    assert trigger.get_installation_status(model) == (core.INSTALLED, True)
