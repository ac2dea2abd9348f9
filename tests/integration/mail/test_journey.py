"""Whatever is written arrives as it was written, read back by the standard library."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.mail import Attachment
from integrations.mail import MailSettings
from integrations.mail.addresses import is_address
from integrations.mail.config import Server as Place
from integrations.mail.message import composed
from integrations.mail.submission import Submission
from tests.integration.mail.conftest import NOW, Server, letter
from tests.support.loopback import NO_TLS

WORDS = st.one_of(
    st.text(max_size=120), st.text(alphabet=" абвґєії№«»’'\"\\,;:@<>()=?_-.aZ0\r\n\t\x85\u2028", max_size=200)
)
MEANT = MailSettings(**{"url": "smtp://127.0.0.1", "from": "orders@shop.example"})


def line(text: str, longest: int) -> str:
    """One line, with a space for what cannot be seen."""
    seen = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(seen.split())[:longest].strip()


def without_spaces(name: str) -> str:
    """The standard library reads a space between two encoded words of a name where RFC 2047 has none."""
    return name.replace(" ", "")


def breaks(text: str) -> list[str]:
    """Lines as mail knows them: an end of line of any system, and nothing else, ends one."""
    return re.split("\r\n|\r|\n", text.removesuffix("\n").removesuffix("\r"))


def read(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


@given(subject=WORDS, text=WORDS, html=WORDS, name=WORDS, content=st.binary(max_size=300), sender=WORDS)
@settings(max_examples=40, deadline=None)
def test_any_letter_can_be_read_back(
    subject: str, text: str, html: str, name: str, content: bytes, sender: str
) -> None:
    made = letter(subject=subject, text=f"т{text}", html=f"<p>{html}", attachments=(Attachment(name, "a/b", content),))
    _, _, raw = composed(made, MEANT.model_copy(update={"name": sender[:100]}), NOW)
    assert all(len(one) <= 998 for one in raw.split(b"\r\n"))
    assert raw.isascii()
    assert b"\r" not in raw.replace(b"\r\n", b"")
    got = read(raw)
    assert got["Subject"] == line(subject, 400)
    (writer,) = got["From"].addresses
    assert writer.addr_spec == "orders@shop.example"
    assert without_spaces(writer.display_name) == without_spaces(line(sender[:100], 120))
    plain, shown = got.get_body(("plain",)), got.get_body(("html",))
    assert plain is not None
    assert shown is not None
    assert breaks(plain.get_content()) == breaks(f"т{text}")
    assert breaks(shown.get_content()) == breaks(f"<p>{html}")
    (file,) = got.iter_attachments()
    assert file.get_filename() == (line(re.sub(r'[<>:"/\\|?*]', "_", name), 120).strip(". ") or "file")
    assert file.get_payload(decode=True) == content


LOCAL = st.text(alphabet="abcXYZ019!#$%&'*+/=?^_`{|}~-.", min_size=1, max_size=64)
DOMAIN = st.lists(st.text(alphabet="abz09-", min_size=1, max_size=63), min_size=1, max_size=4).map(".".join)


@given(local=LOCAL, domain=DOMAIN)
@settings(max_examples=25, deadline=None)
def test_any_address_stands_as_it_was_written(local: str, domain: str) -> None:
    assume(is_address(f"{local}@{domain}"))
    _, recipient, raw = composed(letter(to=f"{local}@{domain}"), MEANT, NOW)
    assert (recipient, read(raw)["To"]) == (f"{local}@{domain}", f"{local}@{domain}")
    assert f"\r\nTo: {recipient}\r\n".encode() in raw


async def test_a_line_that_begins_with_a_dot_does_not_end_the_letter(server: Server) -> None:
    raw = b"From: a@b.example\r\nDate: x\r\nMessage-ID: <1@b.example>\r\n\r\n.\r\n..two\r\n.three\r\n"
    place = Place.of(server.ports["smtp"], "smtp")
    await Submission(place, "shop.example", NO_TLS).hand_over("a@b.example", "olena@lypa.example", raw)
    assert (await server.http.get(f"{server.page}/letters/1/raw")).content == raw


async def test_any_text_comes_over_the_wire(server: Server) -> None:
    mail = server.mail()
    texts = [".", "..\n.\n", "From me\n", "\r\n.\r\nQUIT\r\n", "x" * 5000, "ї" * 3000, "\x00\x07", "кінець\r", "\ud800"]
    for text in texts:
        await mail.send(letter(text=f"т{text}", html=""))
    got = [(await server.http.get(f"{server.page}/letters/{place}/raw")).content for place in range(1, len(texts) + 1)]
    wanted = [breaks(f"т{text}".encode("utf-8", "replace").decode()) for text in texts]
    assert [breaks(str(read(raw).get_content())) for raw in got] == wanted
