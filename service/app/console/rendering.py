"""Templates. Everything from outside is escaped, and a name that a template mistypes is an error."""

from datetime import UTC, datetime
from typing import Any

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from opsplane import __version__

from app.actions.legal import legal_verbs
from app.console.difference import difference
from app.console.wording import clock, gist, iso, resource_kind, span, words

_FOR_PROGRAMS = ("/api/", "/health", "/openapi.json", "/static/")

_templates = Environment(
    loader=PackageLoader("app.console"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters |= {
    "clock": clock,
    "iso": iso,
    "span": span,
    "words": words,
    "resource_kind": resource_kind,
    "gist": gist,
}
_templates.globals |= {"difference": difference, "legal_verbs": legal_verbs, "version": __version__}


def render(template: str, **context: Any) -> str:
    """A page as text; `now` may be given by tests and is the present otherwise."""
    return _templates.get_template(template).render({"now": datetime.now(UTC), **context})


def wants_page(request: Request) -> bool:
    """Whether a person's browser asks: errors are then answered with a page."""
    path = request.url.path
    return not path.startswith(_FOR_PROGRAMS) and "text/html" in request.headers.get("accept", "")
