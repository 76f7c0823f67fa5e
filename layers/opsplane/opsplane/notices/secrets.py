"""Takes secrets out of text that somebody else wrote, before people see it.

Slack keeps what it is sent and shows it to a whole channel, so a text is masked too much rather than too little.
"""

import re

MASK = "•••"

LIMIT = 50_000
"""Characters that are looked at; what is longer is cut, for nobody is shown that much."""

_NAMES = (
    r"(?:password|passwd|passphrase|\bpass|pwd|secret(?:_?string)?|token|api[_-]?key|private[_-]?key|access[_-]?key"
    r"|credential)"
)
_SECRET_NAME = re.compile(rf"{_NAMES}s?$|^authorization$|^cookie$|^dsn$", re.IGNORECASE)

# An ARN such as arn:aws:secretsmanager:us-east-1:000000000000:secret:name is no secret.
# Every repetition has an upper bound or cannot start twice in one run, so that hostile text takes no longer than any.
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----.*?(?:-----END [A-Z ]{0,30}KEY-----|\Z)", re.DOTALL), MASK),
    (re.compile(r"\b((?:AKIA|ASIA)[A-Z0-9]{4})[A-Z0-9]{12}\b"), rf"\1{MASK}"),
    (re.compile(r"\bxox[a-z]-[\w-]{8,300}"), MASK),
    (re.compile(r"\b(?:gh[pousr]_|github_pat_)\w{20,300}"), MASK),
    (re.compile(r"\beyJ[\w-]{8,2000}\.[\w-]{8,2000}\.[\w-]{0,1000}"), MASK),
    (re.compile(r"(https://hooks\.slack\.com/)\S{1,300}", re.IGNORECASE), rf"\1{MASK}"),
    (re.compile(r"(\b[a-z][a-z0-9+.-]{0,20}://[^\s:/@]{0,100}):[^\s@/]{1,300}@", re.IGNORECASE), rf"\1:{MASK}@"),
    (re.compile(r"(X-Amz-(?:Signature|Security-Token|Credential)=)[^\s&]{1,4000}", re.IGNORECASE), rf"\1{MASK}"),
    (re.compile(r"\b(bearer|basic)\s{1,5}[\w.~+/=-]{8,4000}", re.IGNORECASE), rf"\1 {MASK}"),
    (
        re.compile(
            rf"((?<!\d{{12}}:){_NAMES}s?\b[\"']?\s{{0,5}}[:=]\s{{0,5}})(?:\"[^\"]{{0,4000}}\"?|'[^']{{0,4000}}'?|[^\s,;}}\]]{{1,4000}})",
            re.IGNORECASE,
        ),
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
    text = text[:LIMIT]
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text
