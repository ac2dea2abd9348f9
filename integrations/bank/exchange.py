"""1CClientBankExchange: lines of «key=value» between the marks of sections."""

from collections.abc import Iterator, Mapping

from bot.domain.bank import BrokenStatement, StatementLine
from integrations.bank import values
from integrations.bank.sides import Ours, Side, Transfer, lines

MARK = "1CClientBankExchange"
_BEGIN, _END = "СекцияДокумент", "КонецДокумента"
LONGEST_LINE = 4000
MOST = 50_000


def read(text: str, ours: Ours) -> tuple[list[StatementLine], list[tuple[int, str]]]:
    """Raises BrokenStatement."""
    if not text.lstrip("\ufeff \r\n").startswith(MARK):
        raise BrokenStatement("no_header")
    transfers: list[Transfer] = []
    left_out: list[tuple[int, str]] = []
    accounts: set[str] = set()
    ended = False
    for line, fields in _documents(text, accounts):
        if not fields:
            ended = True
            break
        try:
            transfers.append(transfer(line, fields))
        except ValueError:
            left_out.append((line, "unreadable"))
    if not ended:
        raise BrokenStatement("cut_off")
    mine = Ours(ours.accounts | accounts, ours.codes)
    found, foreign = lines(transfers, mine)
    return found, sorted([*left_out, *foreign])


def _documents(text: str, accounts: set[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The fields of each document with its line, and an empty one at the end of the file; accounts of the header."""
    fields: dict[str, str] | None = None
    began = count = 0
    for line, raw in enumerate(text.splitlines(), 1):
        key, _, value = raw[:LONGEST_LINE].strip().partition("=")
        if key == _BEGIN:
            fields, began = {"ВидДокумента": value}, line
        elif key == _END and fields is not None:
            count += 1
            if count > MOST:
                raise BrokenStatement("too_many", str(MOST))
            yield began, fields
            fields = None
        elif key == "КонецФайла":
            yield line, {}
            return
        elif fields is not None:
            fields[key] = value
        elif key == "РасчСчет" and value.strip():
            accounts.add(values.account(value))


def transfer(line: int, fields: Mapping[str, str]) -> Transfer:
    """The same names stand in the XML variant. Raises ValueError."""

    def said(*names: str) -> str:
        return next((value for name in names if (value := (fields.get(name) or "").strip())), "")

    def side(who: str) -> Side:
        return Side(
            values.account(said(f"{who}Счет", f"{who}РасчСчет", f"{who}IBAN")),
            values.code(said(f"{who}ОКПО", f"{who}ЕДРПОУ", f"{who}ИНН")),
            values.words(said(who, f"{who}1")),
        )

    pieces = [said("НазначениеПлатежа"), *(said(f"НазначениеПлатежа{number}") for number in range(1, 7))]
    came, went = said("ДатаПоступило"), said("ДатаСписано")
    currency = values.currency(said("КодВалюты", "Валюта"))
    sum_ = values.amount(said("Сумма"), currency)
    if sum_.kopiykas <= 0:
        raise ValueError("a document's sum")
    return Transfer(
        line,
        values.day(came or went or said("Дата")),
        sum_,
        side("Плательщик"),
        side("Получатель"),
        values.words(" ".join(dict.fromkeys(piece for piece in pieces if piece))),
        values.words(said("Номер"))[:40],
        came=bool(came),
        went=bool(went),
    )
