"""Choosing goods: shelves, search by typing, product cards with a stepper."""

from dataclasses import replace

from markupsafe import Markup

from bot.conversation.action import unpack
from bot.conversation.event import Event, Kind
from bot.conversation.screen import Screen, Show
from bot.domain import quantity
from bot.domain.catalogue import ArticleView, Shelf
from bot.domain.errors import Outdated
from bot.domain.quantity import Unit
from bot.services.browsing import Found
from handlers.app import AppRouter, Ctx
from handlers.desk import file_asked, passed_on
from handlers.joining import stranger_wrote
from handlers.menu import welcome_screen
from handlers.pictures import photo
from handlers.wording import article_item, excerpt, lines, numbered, pack, paragraphs, price, stock
from keyboards import catalogue as keyboard
from keyboards.actions import (
    AskQuantity,
    Back,
    Browse,
    ChangeQuantity,
    FindSuggested,
    FoundPage,
    Product,
    Usual,
)
from keyboards.notice_actions import Watch

router: AppRouter = AppRouter()
WORDS = 120
DESCRIPTION = 500


@router.tap(Browse)
async def browse(_: Event, ctx: Ctx, action: Browse) -> Screen:
    if ctx.who.person_id is None:
        return welcome_screen(ctx)
    shelf = await ctx.services.browsing.shelf(ctx.buyer, action.category, action.page, ctx.tr.language)
    heading = Markup(" › ").join(shelf.path) if shelf.path else ctx.tr.say("Our goods")
    text = paragraphs(Markup("<b>{}</b>").format(heading), _hint(ctx, shelf), _listed(ctx, shelf.articles))
    media = photo(ctx.services.media, shelf.category.picture if shelf.category else None)
    return Screen(text, keyboard.shelf(ctx.tr, shelf), media if shelf.categories else None)


@router.tap(Usual)
async def usual(_: Event, ctx: Ctx, __: Usual) -> Screen:
    articles = await ctx.services.ordering.usual(ctx.buyer, ctx.tr.language)
    if not articles:
        text = ctx.tr.say("After your first orders the goods you take most will stand here.")
        return Screen(text, keyboard.usual(ctx.tr, ()))
    text = paragraphs(ctx.tr.say("<b>Usual basket</b>: what you take most"), _listed(ctx, tuple(articles)))
    return Screen(text, keyboard.usual(ctx.tr, articles))


@router.tap(Product)
async def product(_: Event, ctx: Ctx, action: Product) -> Screen:
    _go_on_searching(ctx, action.back)
    article = await ctx.services.browsing.product(ctx.buyer, action.article, ctx.tr.language)
    return await product_screen(ctx, article, action)


@router.tap(Watch)
async def watch(_: Event, ctx: Ctx, action: Watch) -> Screen:
    """Pressed again it changes nothing; what is there meanwhile is not waited for."""
    _go_on_searching(ctx, action.back)
    tr, person = ctx.tr, ctx.who.require_person()
    watched = await ctx.services.watching.switch(
        ctx.turn, person, ctx.buyer, action.article, on=action.on, language=tr.language
    )
    if watched.waits and watched.muted:
        notice = tr.label("You have switched such notices off: More, then Notices")
    elif watched.waits:
        notice = tr.label("We shall tell you when it is here")
    else:
        notice = tr.label("It is in stock already") if action.on else tr.label("We shall not tell you")
    card = Product(action.article, action.unit, action.back, action.page)
    return replace(_card_screen(ctx, watched.article, card, waits=watched.waits), notice=notice)


@router.tap(ChangeQuantity)
async def change_quantity(_: Event, ctx: Ctx, action: ChangeQuantity) -> Screen:
    _go_on_searching(ctx, action.back)
    article = await ctx.services.carts.change(
        ctx.turn, ctx.buyer, action.article, action.steps, action.unit, ctx.tr.language
    )
    card = Product(action.article, action.unit, action.back, action.page)
    return await _changed(ctx, article, card)


@router.tap(AskQuantity)
async def ask_quantity(_: Event, ctx: Ctx, action: AskQuantity) -> Screen:
    tr = ctx.tr
    article = await ctx.services.browsing.product(ctx.buyer, action.article, tr.language)
    ctx.ask("quantity", **_searched(ctx), card=Product(action.article, action.unit, action.back, action.page).pack())
    unit = tr.unit(article.packing.name(action.unit))
    steps = tr.say("The step is {step}.", step=tr.quantity(article.packing.multiple, article.packing))
    text = paragraphs(
        Markup("<b>{}</b>").format(article.name),
        lines(
            tr.say("How many, in {unit}? Type a number; 0 takes it out of the cart.", unit=unit),
            steps if article.packing.multiple != 1 else None,
        ),
    )
    return Screen(text, keyboard.quantity(tr, action), show=Show.SEND)


@router.step("quantity")
async def typed_quantity(event: Event, ctx: Ctx) -> Screen:
    """A number, with a unit if the person likes; what is no quantity is asked again, with the reason."""
    card = _card(ctx.who.dialogue.data.get("card", ""))
    article = await ctx.services.browsing.product(ctx.buyer, card.article, ctx.tr.language)
    wanted = quantity.read(event.text[:40], article.packing, card.unit)
    _go_on_searching(ctx, card.back)
    changed = await ctx.services.carts.put(ctx.turn, ctx.buyer, card.article, wanted, card.unit, ctx.tr.language)
    return replace(await _changed(ctx, changed, card), show=Show.SEND)


@router.kind(Kind.WROTE)
async def wrote(event: Event, ctx: Ctx) -> Screen | None:
    """Typed text is a search, unless nobody knows the person yet, or a human speaks with them."""
    if ctx.who.attended:
        await passed_on(event, ctx)
        return None
    if ctx.who.person_id is None:
        return await stranger_wrote(event, ctx)
    query = " ".join(event.text[:WORDS].split())
    ctx.ask("found", query=query)
    return replace(_found(ctx, await ctx.services.browsing.find(ctx.buyer, query, 0, ctx.tr.language)), show=Show.SEND)


@router.step("found")
async def wrote_again(event: Event, ctx: Ctx) -> Screen | None:
    return await wrote(event, ctx)


@router.tap(FoundPage)
async def found_page(_: Event, ctx: Ctx, action: FoundPage) -> Screen:
    query = _query(ctx)
    ctx.ask("found", query=query)
    return _found(ctx, await ctx.services.browsing.find(ctx.buyer, query, action.page, ctx.tr.language))


@router.tap(FindSuggested)
async def find_suggested(_: Event, ctx: Ctx, action: FindSuggested) -> Screen:
    before = await ctx.services.browsing.find(ctx.buyer, _query(ctx), 0, ctx.tr.language)
    if not 0 <= action.position < len(before.suggestions):
        raise Outdated("suggestion")
    query = before.suggestions[action.position]
    ctx.ask("found", query=query)
    return _found(ctx, await ctx.services.browsing.find(ctx.buyer, query, 0, ctx.tr.language))


@router.kind(Kind.SENT_FILE)
async def sent_file(event: Event, ctx: Ctx) -> Screen | None:
    """Files are not orders yet: a human looks at them, or it is said plainly, with what works."""
    if ctx.who.attended:
        await passed_on(event, ctx)
        return None
    if ctx.services.desk.open:
        return await file_asked(event, ctx)
    if ctx.who.person_id is None:
        return welcome_screen(ctx)
    ctx.keep()
    text = ctx.tr.say("I cannot read files and pictures yet. Type the name of the goods, or choose them below.")
    return Screen(text, show=Show.SEND)


async def product_screen(ctx: Ctx, article: ArticleView, at: Product) -> Screen:
    """Everything about one article, with its stepper; whether somebody waits for it matters only while it is out."""
    person = ctx.who.require_person()
    waits = not article.in_stock and await ctx.services.watching.waits(person, ctx.buyer, article.id)
    return _card_screen(ctx, article, at, waits=waits)


def _card_screen(ctx: Ctx, article: ArticleView, at: Product, *, waits: bool) -> Screen:
    tr = ctx.tr
    origin = [tr.label("article {sku}", sku=article.sku)]
    if article.country:
        origin.append(article.country)
    if article.shelf_life_days:
        days = tr.plural("keeps {n} day", "keeps {n} days", article.shelf_life_days)
        origin.append(str(days))
    text = paragraphs(
        lines(Markup("<b>{}</b>").format(article.name), Markup.escape(" · ".join(origin))),
        lines(
            _prices(ctx, article),
            stock(tr, article).capitalize(),
            tr.say("We shall tell you when it is here.") if waits else None,
        ),
        excerpt(article.description, DESCRIPTION) if article.description else None,
        _amount(ctx, article, at.unit),
    )
    return Screen(text, keyboard.product(tr, article, at, waits=waits), photo(ctx.services.media, article.photo))


async def _changed(ctx: Ctx, article: ArticleView, at: Product) -> Screen:
    """The card after its quantity changed; the menu counts the cart's lines as they are now."""
    ctx.who = replace(ctx.who, cart_lines=article.cart_lines)
    return replace(await product_screen(ctx, article, at), notice=_in_cart(ctx, article, at.unit))


def _prices(ctx: Ctx, article: ArticleView) -> Markup:
    tr, packing = ctx.tr, article.packing
    if article.price is None:
        return tr.say("No price for you yet: ask the manager.")
    own = tr.say("Price: <b>{price}</b>", price=price(tr, article.price, packing))
    if not packing.has_pack or packing.pack_size is None:
        return own
    packed = tr.say(
        "{pack}: <b>{price}</b>", pack=pack(tr, packing), price=tr.money(article.price.times(packing.pack_size))
    )
    return lines(own, packed)


def _amount(ctx: Ctx, article: ArticleView, unit: Unit) -> Markup | None:
    if not article.in_cart or article.price is None:
        return None
    quantity_ = ctx.tr.quantity(article.in_cart, article.packing, unit)
    amount = ctx.tr.money(article.price.times(article.in_cart))
    return ctx.tr.say("In the cart: <b>{quantity}</b> for {amount}", quantity=quantity_, amount=amount)


def _in_cart(ctx: Ctx, article: ArticleView, unit: Unit) -> str:
    if not article.in_cart:
        return ctx.tr.label("Taken out of the cart")
    return ctx.tr.label("In the cart: {quantity}", quantity=ctx.tr.quantity(article.in_cart, article.packing, unit))


def _hint(ctx: Ctx, shelf: Shelf) -> Markup | None:
    if not shelf.categories and not shelf.articles:
        return ctx.tr.say("There is nothing here yet.")
    return None if shelf.path else ctx.tr.say("Choose a category, or type the name of the goods.")


def _listed(ctx: Ctx, articles: tuple[ArticleView, ...]) -> Markup | None:
    return numbered([article_item(ctx.tr, each) for each in articles]) if articles else None


def _found(ctx: Ctx, found: Found) -> Screen:
    tr = ctx.tr
    if not found.total:
        text = paragraphs(
            tr.say("Nothing found for “{query}”.", query=found.query),
            tr.say("Perhaps you mean:") if found.suggestions else tr.say("Try another word, or look by category."),
        )
        return Screen(text, keyboard.nothing_found(tr, found.suggestions, desk=ctx.services.desk.open))
    heading = tr.plural("“{query}”: {n} article", "“{query}”: {n} articles", found.total, query=found.query)
    text = paragraphs(
        Markup("<b>{}</b>").format(heading), numbered([article_item(tr, each) for each in found.articles])
    )
    return Screen(text, keyboard.found(tr, found.articles, found.page, found.pages))


def _query(ctx: Ctx) -> str:
    try:
        return _searched(ctx)["query"]
    except KeyError:
        raise Outdated("search") from None


def _searched(ctx: Ctx) -> dict[str, str]:
    """The words of the search that led here, where one did."""
    return {name: words for name, words in ctx.who.dialogue.data.items() if name == "query"}


def _go_on_searching(ctx: Ctx, back: Back) -> None:
    """A card opened from a search leads back to it; a quantity asked for meanwhile is asked no more."""
    words = _searched(ctx)
    if back is Back.FOUND and words:
        ctx.ask("found", **words)


def _card(packed: str) -> Product:
    card = unpack(packed)
    if not isinstance(card, Product):
        raise Outdated("quantity")
    return card
