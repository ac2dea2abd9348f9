"""A site that takes a base's exchange strictly: its own cookie, known files, parts no bigger than its limit."""

import io
import zipfile
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.test_utils import TestServer
from lxml import etree

EMPTY = '<?xml version="1.0" encoding="UTF-8"?><КоммерческаяИнформация ВерсияСхемы="2.08"/>'
LOGIN = "Basic " + b64encode("обмін:пароль".encode()).decode()


@dataclass
class Site:
    """What it answers is set before the exchange, what it has got is read after."""

    zip: bool = False
    file_limit: int = 100_000
    bitrix: bool = False
    progress: int = 0
    """How many times `import` says progress before success."""
    refuses: str = ""
    """The mode answered by failure."""
    orders: str | bytes = EMPTY
    asks_basic: bool = False
    """Basic is demanded of every request."""

    url: str = ""
    steps: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)
    basic: list[bool] = field(default_factory=list)
    taken: bool = False
    _left: int = 0

    async def answer(self, request: web.Request) -> web.Response:
        mode = request.query["mode"]
        self.steps.append(f"{request.query['type']} {mode}")
        self.basic.append("Authorization" in request.headers)
        if (mode == "checkauth" or self.asks_basic) and request.headers.get("Authorization") != LOGIN:
            return web.Response(status=401, text="failure")
        assert mode == "checkauth" or request.headers["Cookie"] == "PHPSESSID=s1"
        assert mode == "checkauth" or not self.bitrix or request.query["sessid"] == "abc"
        if mode == self.refuses:
            return web.Response(text="failure\nДиск переповнено")
        reply = await getattr(self, mode)(request)
        return web.Response(body=reply if isinstance(reply, bytes) else reply.encode())

    async def checkauth(self, request: web.Request) -> str:
        return "success\nPHPSESSID\ns1" + ("\nsessid=abc\n1764200000" if self.bitrix else "")

    async def init(self, request: web.Request) -> str:
        self.files.clear()
        told = f"zip={'yes' if self.zip else 'no'}\nfile_limit={self.file_limit}"
        return told + ("\nsessid=abc\nversion=2.08" if self.bitrix else "")

    async def file(self, request: web.Request) -> str:
        name, body = request.query["filename"], await request.read()
        assert request.method == "POST" and 0 < len(body) <= self.file_limit
        self.files[name] = self.files.get(name, b"") + body
        self.parts[name] = self.parts.get(name, 0) + 1
        self._left = self.progress
        return "success"

    async def import_(self, request: web.Request) -> str:
        assert request.query["filename"] in self.unpacked()
        self._left -= 1
        return "progress\nЗавантажено частину" if self._left >= 0 else "success"

    async def deactivate(self, request: web.Request) -> str:
        assert request.query["timestamp"] == "1764200000"
        return "success"

    async def complete(self, request: web.Request) -> str:
        return "success"

    async def query(self, request: web.Request) -> bytes:
        return self.orders if isinstance(self.orders, bytes) else self.orders.encode()

    async def success(self, request: web.Request) -> str:
        self.taken = True
        return "success"

    def unpacked(self) -> dict[str, bytes]:
        """The files by their names, out of archives."""
        found = {}
        for name, body in self.files.items():
            if name.endswith(".zip"):
                with zipfile.ZipFile(io.BytesIO(body)) as archive:
                    found.update({one: archive.read(one) for one in archive.namelist()})
            else:
                found[name] = body
        return found

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.unpacked()[name])


setattr(Site, "import", Site.import_)  # the mode's name is a word of Python


@asynccontextmanager
async def served(site: Site) -> AsyncIterator[Site]:
    """The site on a port of its own; its address goes into `url`."""
    app = web.Application(client_max_size=100_000_000)
    app.router.add_route("*", "/1c_exchange.php", site.answer)
    server = TestServer(app)
    await server.start_server()
    site.url = str(server.make_url("/1c_exchange.php"))
    try:
        yield site
    finally:
        await server.close()


def order_xml(
    number: str = "K-1042",
    *,
    client_id: str = "site-client-7",
    code: str = "31451288",
    article: str = "3309c9bd-8cef-5ace-9045-724874959767",
    quantity: str = "24",
    total: str = "1149.60",
    encoding: str = "UTF-8",
    extra: str = "",
) -> bytes:
    """One order of the site, for a legal entity; `extra` goes into its requisites."""
    return f"""<?xml version="1.0" encoding="{encoding}"?>
<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="2.08" ДатаФормирования="2026-11-27T10:00:00">
<Документ>
  <Ид>id-{number}</Ид><Номер>{number}</Номер><Дата>2026-11-27</Дата><ХозОперация>Заказ товара</ХозОперация>
  <Роль>Продавец</Роль><Валюта>UAH</Валюта><Курс>1</Курс><Сумма>{total}</Сумма>
  <Контрагенты><Контрагент><Ид>{client_id}</Ид><Наименование>Готель «Новий»</Наименование><Роль>Покупатель</Роль>
    <ОфициальноеНаименование>ТОВ «Готель Новий»</ОфициальноеНаименование><ОКПО>{code}</ОКПО>
    <Контакты><Контакт><Тип>Телефон мобильный</Тип><Значение>+380671119001</Значение></Контакт></Контакты>
  </Контрагент></Контрагенты>
  <Время>09:15:00</Время><Комментарий>Без їжаків ґ</Комментарий>
  <Товары><Товар><Ид>{article}</Ид><Наименование>Молоко</Наименование><БазоваяЕдиница>шт</БазоваяЕдиница>
    <ЦенаЗаЕдиницу>47.90</ЦенаЗаЕдиницу><Количество>{quantity}</Количество><Сумма>{total}</Сумма></Товар></Товары>
  <ЗначенияРеквизитов>{extra}</ЗначенияРеквизитов>
</Документ></КоммерческаяИнформация>""".encode(encoding)


def requisite(name: str, value: str) -> str:
    return f"<ЗначениеРеквизита><Наименование>{name}</Наименование><Значение>{value}</Значение></ЗначениеРеквизита>"
