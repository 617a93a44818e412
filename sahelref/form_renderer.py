"""How forms are rendered: Django's own widgets by Jinja, which compiles them to Python.

A form of the desk has hundreds of them: by Jinja its page takes up to an eighth less time, and a
test of it a quarter less, as Django tells a test of each template of its own. The HTML is the same.
"""

from typing import Any

from django.forms.renderers import BaseRenderer, DjangoTemplates, Jinja2

BY_JINJA = "django/forms/"


class FormRenderer(BaseRenderer):
    """Renders what Django has in both languages by Jinja; the admin's and ours are in one."""

    def __init__(self) -> None:
        self.django, self.jinja = DjangoTemplates(), Jinja2()

    def get_template(self, template_name: str) -> Any:
        engine = self.jinja if template_name.startswith(BY_JINJA) else self.django
        return engine.get_template(template_name)
