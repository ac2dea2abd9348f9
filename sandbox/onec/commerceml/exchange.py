"""The exchange of a base with a site: first the catalogue, then the orders, as the settings say."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZipFile

from sandbox.onec.commerceml.catalogue import Whole, goods, write_catalogue
from sandbox.onec.commerceml.dialogue import Broken, Dialogue, dialogue
from sandbox.onec.commerceml.intake import take_orders
from sandbox.onec.commerceml.node import Node
from sandbox.onec.commerceml.offers import ALL, write_offers
from sandbox.onec.commerceml.orders_in import Unreadable, read_orders
from sandbox.onec.commerceml.orders_out import write_orders
from sandbox.onec.commerceml.pen import Pen
from sandbox.onec.commerceml.versions import VERSIONS, Version, agreed
from sandbox.onec.exchange_port import Settings, Transcript
from sandbox.onec.world import World


@dataclass(frozen=True)
class Habits:
    """How this base behaves where bases differ: Basic with every request or with the first alone, and files named
    as they lie on its disk, `C:\\…\\v8_1a2b.xml`."""

    basic_always: bool = True
    temporary_names: bool = False


@dataclass(frozen=True)
class _Run:
    world: World
    settings: Settings
    habits: Habits
    talk: Dialogue
    node: Node

    @property
    def bitrix(self) -> bool:
        return self.settings.dialect == "bitrix"

    def version(self) -> Version:
        """In the Bitrix dialect the site may name a lower one."""
        ours = self.settings.version
        return VERSIONS[agreed(ours, self.talk.site_version) if self.bitrix else ours]

    def name(self, plain: str) -> str:
        """How the file is called in the requests."""
        if not self.habits.temporary_names:
            return plain
        stem, _, suffix = plain.rpartition(".")
        return f"C:\\Users\\admin\\AppData\\Local\\Temp\\v8_{uuid5(NAMESPACE_URL, stem).hex[:8]}.{suffix}"


async def exchange(world: World, settings: Settings, habits: Habits | None = None) -> Transcript:
    """Runs it to the end, to the first refusal or to `interrupt_after`; answers with what was said."""
    chosen = habits or Habits()
    async with dialogue(settings, basic_always=chosen.basic_always) as talk:
        run = _Run(world, settings, chosen, talk, Node(world, settings.url))
        try:
            if settings.what in ("catalog", "all"):
                await _catalogue(run)
            if settings.what in ("sale", "all"):
                await _sale(run)
        except Broken:
            pass
        return talk.transcript


async def _catalogue(run: _Run) -> None:
    await run.talk.open("catalog")
    last = run.world.changes.last_id
    files = _catalogue_files(run)
    if run.talk.zip:
        await run.talk.upload(
            "catalog", run.name("import.zip"), _packed({name: _draw(run, draw) for name, draw in files})
        )
    for name, draw in files:
        called = name if run.talk.zip else run.name(name)
        if not run.talk.zip:
            await run.talk.upload("catalog", called, _draw(run, draw))
        await run.talk.load("catalog", called)
    if run.bitrix:
        if not run.settings.only_changes:
            await run.talk.finish(
                "catalog", "deactivate", {"timestamp": run.talk.started} if run.talk.started else None
            )
        await run.talk.finish("catalog", "complete")
    run.node.sent("catalog", last)


def _catalogue_files(run: _Run) -> list[tuple[str, Callable[[Pen], None]]]:
    """The files by their names: two, or four from 2.08 on in the Bitrix dialect."""
    world, version, only = run.world, run.version(), run.settings.only_changes
    of_goods = Whole(goods(world, run.node.articles(["article"]) if only else None), only)
    of_offers = Whole(goods(world, run.node.articles(["article", "price", "stock"]) if only else None), only)

    def offers(*parts: str) -> Callable[[Pen], None]:
        return lambda pen: write_offers(pen, world, version, of_offers, frozenset(parts))

    def catalogue(pen: Pen) -> None:
        write_catalogue(pen, world, version, of_goods)

    if run.bitrix and version.container:
        split = [(f"{part}0_1.xml", offers(part)) for part in ("offers", "prices", "rests")]
        return [("import0_1.xml", catalogue), *split]
    return [("import.xml", catalogue), ("offers.xml", offers(*ALL))]


async def _sale(run: _Run) -> None:
    await run.talk.open("sale")
    version = {"version": run.version().name} if run.bitrix else None
    body = await run.talk.ask("sale", "query", version)
    try:
        orders = read_orders(body)
    except Unreadable as trouble:
        run.talk.transcript.append({"step": "завантаження замовлень", "status": 0, "reply": str(trouble)})
        return
    take_orders(run.world, orders)
    await run.talk.finish("sale", "success")
    last = run.world.changes.last_id
    changed = run.node.orders(only_changes=run.settings.only_changes)
    if changed:
        await _send_orders(run, lambda pen: write_orders(
            pen, run.world, run.version(), changed, containers=run.bitrix and run.version().container))  # fmt: skip
    run.node.sent("sale", last)


async def _send_orders(run: _Run, draw: Callable[[Pen], None]) -> None:
    content = _draw(run, draw)
    name = run.name("orders.xml")
    if run.talk.zip:
        await run.talk.upload("sale", run.name("orders.zip"), _packed({"orders.xml": content}))
    else:
        await run.talk.upload("sale", name, content)
    if run.bitrix:
        await run.talk.load("sale", "orders.xml" if run.talk.zip else name)


def _draw(run: _Run, draw: Callable[[Pen], None]) -> BinaryIO:
    """The file, from its first byte to its last."""
    out = io.BytesIO()
    draw(Pen(out, run.settings.encoding))
    return out


def _packed(files: dict[str, BinaryIO]) -> BinaryIO:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            content.seek(0)
            with archive.open(name, "w", force_zip64=True) as inside:
                while block := content.read(1_000_000):
                    inside.write(block)
    return out
