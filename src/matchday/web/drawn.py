"""Long parts of pages, drawn once and kept until anything that they show changes: templates are slow, files are small."""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from matchday.web.desk import desk
from matchday.web.frame import Setting


def drawn(here: Setting, template: str, *key: object, make: Callable[[], dict[str, Any]]) -> str:
    """A part without forms, for this state of file, day, what-if, language and `key`; `make` gives its context."""
    return desk().answer(
        template,
        here.opened,
        here.on,
        here.season,
        get_language(),
        *key,
        make=lambda: render_to_string(template, make()),
    )
