"""How articles, lines and sums read on every screen."""

from decimal import Decimal

from markupsafe import Markup

from bot.domain.cart import CartLineView
from bot.domain.catalogue import ArticleView
from bot.domain.money import Money
from bot.domain.quantity import Packing, Unit
from bot.i18n import Translator

FEW = Decimal(10)
BREAK = Markup("\n")


def lines(*parts: Markup | str | None) -> Markup:
    """The parts that are there, a line each."""
    return BREAK.join(part for part in parts if part is not None)


def paragraphs(*parts: Markup | str | None) -> Markup:
    return Markup("\n\n").join(part for part in parts if part)


def numbered(items: list[Markup], start: int = 1) -> Markup:
    """A list whose numbers are the buttons under it."""
    return BREAK.join(Markup("<b>{}.</b> {}").format(number, item) for number, item in enumerate(items, start))


def place(name: str, address: str) -> Markup:
    """A delivery point; where it is called by its address, that is said once."""
    if address == name or address.endswith(f", {name}"):
        return Markup("<b>{}</b>").format(address)
    return Markup("<b>{}</b>, {}").format(name, address) if address else Markup("<b>{}</b>").format(name)


def excerpt(text: str, limit: int) -> str:
    """The beginning of a long text, ended at a word."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:") + "…"


def price(tr: Translator, price_: Money, packing: Packing) -> str:
    return f"{tr.money(price_)}/{tr.unit(packing.base_unit)}"


def stock(tr: Translator, article: ArticleView) -> Markup:
    if article.stock is None:
        return tr.say("in stock: ask the manager")
    if article.stock <= 0:
        return tr.say("out of stock")
    left = tr.quantity(article.stock, article.packing)
    if article.stock < article.packing.step(Unit.PACK if article.packing.has_pack else Unit.BASE) * FEW:
        return tr.say("few left: {left}", left=left)
    return tr.say("in stock: {left}", left=left)


def article_item(tr: Translator, article: ArticleView) -> Markup:
    """A line of a shelf: the name, its price, and what is special about it."""
    facts = [tr.say("no price") if article.price is None else Markup.escape(price(tr, article.price, article.packing))]
    if article.packing.has_pack and article.packing.pack_size is not None:
        facts.append(Markup.escape(pack(tr, article.packing)))
    if not article.in_stock:
        facts.append(tr.say("out of stock"))
    if article.in_cart:
        facts.append(tr.say("<b>in the cart: {quantity}</b>", quantity=tr.quantity(article.in_cart, article.packing)))
    return Markup("{}\n    {}").format(article.name, Markup(" · ").join(facts))


def pack(tr: Translator, packing: Packing) -> str:
    size = packing.pack_size or packing.multiple
    return f"{tr.unit(packing.name(Unit.PACK))} = {tr.number(size)}\u00a0{tr.unit(packing.base_unit)}"


def cart_item(tr: Translator, line: CartLineView) -> Markup:
    """A line of the cart: name, quantity, price, sum, and what a person should know."""
    quantity = tr.quantity(line.quantity, line.packing, line.unit)
    if not line.orderable or line.price is None:
        return tr.say("<s>{name}</s>\n    {quantity} · cannot be ordered any more", name=line.name, quantity=quantity)
    text = Markup("{}\n    {} × {} = <b>{}</b>").format(
        line.name, quantity, tr.money(line.price), tr.money(line.amount)
    )
    if line.stock is not None and line.stock <= 0:
        return lines(text, tr.say("    out of stock now: the manager will confirm"))
    if line.short and line.stock is not None:
        left = tr.quantity(line.stock, line.packing)
        return lines(text, tr.say("    only {left} in stock: the manager will confirm the rest", left=left))
    return text
