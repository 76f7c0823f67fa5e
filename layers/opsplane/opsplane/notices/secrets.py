"""Takes secrets out of text that somebody else wrote, before people see it.

Slack keeps what it is sent and shows it to a whole channel, so a text is masked too much rather than too little.
"""

import re

MASK = "•••"

_NAMES = r"(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|apikey|private[_-]?key|access[_-]?key|credential)"
_SECRET_NAME = re.compile(rf"{_NAMES}s?$|^authorization$|^cookie$|^dsn$", re.IGNORECASE)
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.DOTALL), MASK),
    (re.compile(r"\b((?:AKIA|ASIA)[A-Z0-9]{4})[A-Z0-9]{12}\b"), rf"\1{MASK}"),
    (re.compile(r"\bxox[a-z]-[\w-]{8,}"), MASK),
    (re.compile(r"\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}"), MASK),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"), MASK),
    (re.compile(r"(https://hooks\.slack\.com/)\S+", re.IGNORECASE), rf"\1{MASK}"),
    (re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*://[^\s:/@]*):[^\s@/]+@", re.IGNORECASE), rf"\g<scheme>:{MASK}@"),
    (re.compile(r"(X-Amz-(?:Signature|Security-Token|Credential)=)[^\s&]+", re.IGNORECASE), rf"\1{MASK}"),
    (re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]{8,}", re.IGNORECASE), rf"\1 {MASK}"),
    (
        re.compile(rf"({_NAMES}s?\b[\"']?\s*[:=]\s*)(?:\"[^\"]*\"|'[^']*'|[^\s,;}}\]]+)", re.IGNORECASE),
        rf"\1{MASK}",
    ),
)


def names_a_secret(name: str) -> bool:
    """Whether a field of that name holds a secret, e.g. `DB_PASSWORD` or `apiKey`."""
    return _SECRET_NAME.search(name) is not None


def mask(text: str) -> str:
    """The text with everything that looks like a secret replaced.

    >>> mask("password=hunter2 for AKIAIOSFODNN7EXAMPLE")
    'password=••• for AKIAIOSF•••'
    """
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text
