"""The answers of the dialogue: lines of text, and two small documents."""

from xml.sax.saxutils import escape

from aiohttp import web


class Replies:
    """In the encoding that the settings name; the words of the protocol themselves are ASCII."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding

    def lines(self, *lines: str) -> web.Response:
        return web.Response(body="\n".join(lines).encode(self.encoding, "replace"), headers=self._plain())

    def failure(self, reason: str) -> web.Response:
        return self.lines("failure", reason)

    def stranger(self, reason: str) -> web.Response:
        body = f"failure\n{reason}".encode(self.encoding, "replace")
        challenge = {"WWW-Authenticate": 'Basic realm="Komora", charset="UTF-8"'}
        return web.Response(status=401, body=body, headers=self._plain() | challenge)

    def statuses(self) -> web.Response:
        """What `mode=info` tells: the states an order may have here."""
        told = (("N", "Принят"), ("C", "Отменен"))
        items = "".join(f"<Элемент><Ид>{code}</Ид><Название>{escape(name)}</Название></Элемент>" for code, name in told)
        text = (
            f'<?xml version="1.0" encoding="{self.encoding}"?>\n'
            f"<Справочник><Статусы>{items}</Статусы><ПлатежныеСистемы/><СлужбыДоставки/></Справочник>\n"
        )
        return web.Response(body=text.encode(self.encoding), headers=self.xml())

    def xml(self) -> dict[str, str]:
        return {"Content-Type": f"text/xml; charset={self.encoding}", "Cache-Control": "no-store"}

    def _plain(self) -> dict[str, str]:
        return {"Content-Type": f"text/plain; charset={self.encoding}", "Cache-Control": "no-store"}
