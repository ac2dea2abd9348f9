"""Lines that are nobody's payment: our own transfers, the bank's fees, what acquirers pay out for cards."""

import re

from bot.domain.bank import Apart, StatementLine
from bot.domain.matching.book import Book
from bot.domain.matching.letters import plain

_ACQUIRER = re.compile(
    r"WАУFОРАУ|ВЕЙФОРПЕЙ|ВЕЙ ФОР ПЕЙ|\bСМРS\b|\bСМПС\b|ЕКВАЙР|ЭКВАЙР|ІНТЕРНЕТ-?ЕКВ|LІQРАУ|ЛІКПЕЙ"
    r"|NОVА ?РАУ|НОВАПЕЙ|НОВА ПЕЙ"
    r"|РОRТМОNЕ|ПОРТМОНЕ|FОNDУ|ФОНДІ|ЕVО ?РАУ|ПЛАТОН|РLАТОN|МОNОРАУ|МОНОПЕЙ|ЕАSУ ?РАУ|ІЗІПЕЙ"
    r"|(?:ВІДШК|ЗАРАХ|ПЕРЕРАХ|ВИПЛАТ|ВОЗМЕЩ)\w* .{0,60}"
    r"(?:ПЛАТІЖН\w* КАРТ|ЗА КАРТ|КАРТКАМИ|КАРТАМИ|РЕЄСТР|ТЕРМІНАЛ|ТОРГОВ)"
)
_REGISTRY = re.compile(r"(?:ЗГ|ЗГІДНО|ПО|ЗА|СОГЛ)\w*\.? РЕЄСТР|ЗА ПРИЙНЯТІ ПЛАТЕЖІ|ПРИЙНЯТИХ ПЛАТЕЖІВ")
_FEE = re.compile(
    r"^(?:\W|\d)*(?:КОМІС|КОМИС|КОМ\.? ?БАН|ПЛАТА ЗА (?:РО|РКО|РОЗРАХ|ОБСЛУГ|БАНК)|АБОНПЛАТА"
    r"|НАРАХ\w* (?:%|ВІДС|ПРОЦ)|НАЧИСЛ\w* ПРОЦ"
    r"|ВІДСОТКИ (?:ЗА|НА)|СПЛАТА ВІДСОТКІВ|ВИПЛАТА ВІДСОТКІВ|ПОВЕРН\w* ДЕПОЗИТ|РКО\b)"
)
_OWN = re.compile(
    r"ВЛАСН\w* КОШТ|СОБСТВЕНН\w* СРЕДСТ|МІЖ (?:СВОЇМИ|ВЛАСНИМИ) РАХ|ПЕРЕКАЗ МІЖ РАХ|ПЕРЕВОД МЕЖДУ"
    r"|ПОПОВН\w* РАХ|ПОПОЛН\w* СЧ|ІНКАС"
)


def apart(line: StatementLine, book: Book) -> Apart | None:
    """None for what may be a client's payment."""
    if not line.incoming:
        return Apart.OUTGOING
    if line.amount.currency != "UAH":
        return Apart.FOREIGN
    said, payer = plain(line.purpose), plain(line.payer)
    if line.payer_code and line.payer_code in book.own_codes:
        return Apart.OWN
    if line.payer_account and line.payer_account in book.own_accounts:
        return Apart.OWN
    if _known(line, book):
        return None
    if _ACQUIRER.search(said) or _ACQUIRER.search(payer) or _REGISTRY.search(said):
        return Apart.ACQUIRER
    if _FEE.search(said):
        return Apart.FEE
    return Apart.OWN if _OWN.search(said) else None


def _known(line: StatementLine, book: Book) -> bool:
    """A client may well write of its own acquirer."""
    return bool(line.payer_code) and line.payer_code in book.by_code
