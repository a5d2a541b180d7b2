"""How message text becomes plain text and entities, by the examples Telegram documents and their edges."""

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.formatting import Entity, formatted
from tests.acceptance.person import Person
from tests.integration.sandbox.bot_side import BotSide


def _e(kind: str, offset: int, length: int, **more: object) -> Entity:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>a</b><strong>b</strong>", "ab", [_e("bold", 0, 1), _e("bold", 1, 1)]),
        ("<i>a</i><em>b</em>", "ab", [_e("italic", 0, 1), _e("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [_e("underline", 0, 1), _e("underline", 1, 1)]),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", [_e("strikethrough", i, 1) for i in range(3)]),
        ('<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', "ab", [_e("spoiler", i, 1) for i in range(2)]),
        ("<b>bold <i>both</i></b>", "bold both", [_e("bold", 0, 9), _e("italic", 5, 4)]),
        ("🐢<b>é</b>", "🐢é", [_e("bold", 2, 1)]),
        ('<a href="https://a.example/?b=1&amp;c">x</a>', "x", [_e("text_link", 0, 1, url="https://a.example/?b=1&c")]),
        ("<a href='tel:+15550100'>call</a>", "call", []),
        ("<a href=a.example>x</a>", "x", [_e("text_link", 0, 1, url="http://a.example")]),
        ("<code>x</code>", "x", [_e("code", 0, 1)]),
        ("<pre>x</pre>", "x", [_e("pre", 0, 1)]),
        ('<pre><code class="language-python">x</code></pre>', "x", [_e("pre", 0, 1, language="python")]),
        ("<blockquote>x</blockquote>", "x", [_e("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [_e("expandable_blockquote", 0, 1)]),
        ('<tg-emoji emoji-id="53">👍</tg-emoji>', "👍", [_e("custom_emoji", 0, 2, custom_emoji_id="53")]),
        (
            'At <tg-time unix="1647531900" format="wDT">22:45</tg-time>',
            "At 22:45",
            [_e("date_time", 3, 5, unix_time=1647531900, date_time_format="wDT")],
        ),
        ('<tg-time unix="5">x</tg-time>', "x", [_e("date_time", 0, 1, unix_time=5, date_time_format="")]),
        ("&lt;b&gt; &amp; &quot;&#65;&#x42;&nbsp;", '<b> & "AB&nbsp;', []),
        ("a < b"[:1] + " &lt; b", "a < b", []),
        ("  <b> padded </b>  ", "padded", [_e("bold", 0, 6)]),
        ("<b></b>x", "x", []),
        ("<B>x</b>", "x", [_e("bold", 0, 1)]),
        ("go /start@lumbar_bot now", "go /start@lumbar_bot now", [_e("bot_command", 3, 17)]),
        ("see https://a.example/x.", "see https://a.example/x.", [_e("url", 4, 19)]),
        ("me@a.example @someone #back", "me@a.example @someone #back",
         [_e("email", 0, 12), _e("mention", 13, 8), _e("hashtag", 22, 5)]),
        ("<code>/start</code>", "/start", [_e("code", 0, 6)]),
        ("7/10 and/or", "7/10 and/or", []),
    ],
)  # fmt: skip
def test_html_becomes_text_and_entities(html: str, text: str, entities: list[Entity]) -> None:
    """Every supported tag gives its entity with offsets in UTF-16 code units."""
    assert formatted(html, "HTML", None) == (text, entities)


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-time>x</tg-time>", 'Tag "tg-time" must have a Unix time in attribute "unix" at byte offset 0'),
        ('<tg-time unix="1" format="Z">x</tg-time>', 'invalid date-time format "Z"'),
        ('<tg-time unix="1" format="rT">x</tg-time>', 'invalid date-time format "rT"'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
    ],
)
def test_html_that_is_not_well_formed_is_refused(html: str, complaint: str) -> None:
    """Errors name what is wrong and where, counted in bytes."""
    with pytest.raises(ApiError) as refused:
        formatted(html, "HTML", None)
    assert (refused.value.code, refused.value.description) == (400, f"Bad Request: can't parse entities: {complaint}")


async def test_explicit_entities_do_without_a_parse_mode(bot: BotSide, ada: Person) -> None:
    """Entities given as JSON are kept, and the text is left as written."""
    entities = [_e("bold", 0, 5), _e("date_time", 6, 3, unix_time=5, date_time_format="r")]
    sent = await bot.result("sendMessage", chat_id=ada.id, text="<b>it now", entities=entities)
    assert (sent["text"], sent["entities"]) == ("<b>it now", entities)
    code, description = await bot.refusal("sendMessage", chat_id=ada.id, text="x", entities=[_e("date_time", 0, 1)])
    assert code == 400
    assert 'can\'t find field "unix_time"' in description
