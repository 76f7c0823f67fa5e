"""Slack's mrkdwn as safe HTML: everything is escaped, then the few things that Slack marks up are marked up.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from opsplane_local.sink.emoji import EMOJI

SHOWN_CHARACTERS = 40_000  # Slack cuts a text there
_OPEN, _CLOSE = "\ue000", "\ue001"
_CODE_BLOCK = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_TOKEN = re.compile(r"<([^<>\n]+)>")
_PLACE = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_EMOJI = re.compile(r":([a-z0-9_+-]{1,40}):")
_STYLES = tuple(
    (re.compile(rf"(?<![\w{mark}])\{mark}(?=\S)([^{mark}\n]+?)(?<=\S)\{mark}(?![\w{mark}])"), tag)
    for mark, tag in (("*", "strong"), ("_", "em"), ("~", "s"))
)
_EVERYBODY = frozenset({"channel", "here", "everyone"})


def render(text: str) -> Markup:
    """The HTML for a mrkdwn text."""
    pieces: list[Markup] = []

    def keep(piece: Markup) -> str:
        pieces.append(piece)
        return f"{_OPEN}{len(pieces) - 1}{_CLOSE}"

    rest = text[:SHOWN_CHARACTERS].replace(_OPEN, "").replace(_CLOSE, "")
    rest = _CODE_BLOCK.sub(lambda found: keep(Markup("<pre>{}</pre>").format(_literal(found[1]))), rest)
    rest = _CODE.sub(lambda found: keep(Markup("<code>{}</code>").format(_literal(found[1]))), rest)
    rest = _TOKEN.sub(lambda found: keep(_token(found[1])), rest)
    marked = _lines(_styled(str(escape(_literal(rest)))), pieces)
    return Markup(_restored(marked, pieces))  # noqa: S704 - escaped above, piece by piece


def render_plain(text: str) -> Markup:
    """The HTML for a plain_text: no markup at all but emoji and line ends."""
    escaped = str(escape(text[:SHOWN_CHARACTERS]))
    return Markup(_EMOJI.sub(_emoji, escaped).replace("\n", "<br>"))  # noqa: S704 - escaped above


def _literal(text: str) -> str:
    """What the sender escaped, as it was: Slack knows these three entities and no others."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _styled(text: str) -> str:
    for pattern, tag in _STYLES:
        text = pattern.sub(rf"<{tag}>\1</{tag}>", text)
    return _EMOJI.sub(_emoji, text)


def _emoji(found: re.Match[str]) -> str:
    return EMOJI.get(found[1], found[0])


def _lines(text: str, pieces: list[Markup]) -> str:
    shown = []
    for line in text.split("\n"):
        if line.startswith("&gt;"):
            shown.append(f"<blockquote>{line.removeprefix('&gt;').lstrip()}</blockquote>")
        else:
            shown.append(line if _ends_with_block(line, pieces) else f"{line}<br>")
    return "".join(shown).removesuffix("<br>")


def _ends_with_block(line: str, pieces: list[Markup]) -> bool:
    """Whether the line ends with a code block, which needs no line end of its own."""
    places = _PLACE.findall(line)
    return line.endswith(_CLOSE) and pieces[int(places[-1])].startswith("<pre>")


def _restored(text: str, pieces: list[Markup]) -> str:
    return _PLACE.sub(lambda found: _restored(str(pieces[int(found[1])]), pieces), text)


def _token(content: str) -> Markup:
    target, _, label = content.partition("|")
    for prefix, make in _TOKENS:
        if target.startswith(prefix):
            return make(target.removeprefix(prefix), _literal(label))
    if target.startswith(("https://", "http://", "mailto:")):
        link = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
        return link.format(_literal(target), _literal(label or target.removeprefix("mailto:")))
    return Markup("&lt;{}&gt;").format(_literal(content))


def _special(name: str, label: str) -> Markup:
    if name in _EVERYBODY:
        return Markup('<span class="mention everybody" title="This notifies everybody">@{}</span>').format(name)
    if name.startswith("subteam^"):
        return Markup('<span class="mention">{}</span>').format(label or f"@{name.removeprefix('subteam^')}")
    if name.startswith("date^"):
        return Markup("<time>{}</time>").format(label or name)
    return Markup("&lt;!{}&gt;").format(name)


def _person(name: str, label: str) -> Markup:
    return Markup('<span class="mention">@{}</span>').format(label or name)


def _channel(name: str, label: str) -> Markup:
    return Markup('<span class="mention">#{}</span>').format(label or name)


_TOKENS: tuple[tuple[str, Callable[[str, str], Markup]], ...] = (("!", _special), ("@", _person), ("#", _channel))
