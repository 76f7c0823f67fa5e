"""mrkdwn becomes HTML that shows what was meant and runs nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opsplane_local.sink.mrkdwn import render, render_plain


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _it_ ~no~", "<strong>bold</strong> <em>it</em> <s>no</s>"),
        ("`a *b* <c>`", "<code>a *b* &lt;c&gt;</code>"),
        ("```x\n<y>```", "<pre>x\n&lt;y&gt;</pre>"),
        ("a\nb", "a<br>b"),
        ("&gt; said", "<blockquote>said</blockquote>"),
        ("a_b_c 2*3*4", "a_b_c 2*3*4"),
        (":rotating_light: :unknown_one:", "🚨 :unknown_one:"),
        ("&lt;!channel&gt; &amp;", "&lt;!channel&gt; &amp;"),
    ],
)
def test_markup_is_shown_as_slack_shows_it(text: str, html: str) -> None:
    """Each kind of markup, and what only looks like it."""
    assert str(render(text)) == html


def test_a_real_mention_of_everybody_stands_out() -> None:
    """`<!channel>` would wake everybody: it is not shown as plain text."""
    assert str(render("<!channel>")) == (
        '<span class="mention everybody" title="This notifies everybody">@channel</span>'
    )


def test_people_channels_and_groups_are_mentions() -> None:
    """The labels that Slack was given are shown."""
    assert ">@U1</span>" in render("<@U1>")
    assert ">#ops</span>" in render("<#C1|ops>")
    assert ">@oncall</span>" in render("<!subteam^S1|@oncall>")
    assert str(render("<!date^1^{date}|today>")) == "<time>today</time>"


def test_only_web_and_mail_links_are_links() -> None:
    """Any other scheme is shown as the text that it is."""
    assert str(render("<https://example.com?a=1&amp;b=2|there>")) == (
        '<a href="https://example.com?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">there</a>'
    )
    assert str(render("<javascript:alert(1)|x>")) == "&lt;javascript:alert(1)|x&gt;"


def test_plain_text_has_no_markup() -> None:
    """Stars stay stars, tags stay text."""
    assert str(render_plain("*a* <b>\nc")) == "*a* &lt;b&gt;<br>c"


@given(st.text(alphabet="<>!@#|&;`*_~\n:/\ue000\ue0010channelscriptht ", max_size=120))
def test_no_text_brings_a_tag_of_its_own(text: str) -> None:
    """Whatever is sent, only our own tags come out, and they are balanced."""
    html = str(render(text))

    assert "<script" not in html
    for tag in ("strong", "em", "s", "code", "pre", "blockquote", "a", "span", "time"):
        assert html.count(f"<{tag}>") + html.count(f"<{tag} ") == html.count(f"</{tag}>")
    assert "\ue000" not in html
