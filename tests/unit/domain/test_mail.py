"""One letter has one name."""

from bot.domain.mail import Attachment, message_id


def test_the_name_of_a_letter_comes_from_its_key_and_tells_nothing_of_it() -> None:
    assert message_id("invoice:17", "shop.example") == "<e19b7dd52da16d0f9d983d8ffe7294ca@shop.example>"
    assert message_id("рахунок", "shop.example") != message_id("рахунок", "shop.ua")


def test_the_content_of_a_file_is_not_in_its_words() -> None:
    assert repr(Attachment("a.pdf", "application/pdf", b"secret")) == "Attachment(name='a.pdf', mime='application/pdf')"
