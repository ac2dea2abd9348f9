"""The Ukrainian variant of the exchange: the same fields as elements of XML."""

from io import BytesIO

from lxml import etree

from bot.domain.bank import BrokenStatement, StatementLine
from integrations.bank.exchange import LONGEST_LINE, MOST, transfer
from integrations.bank.sides import Ours, Transfer, lines

ROOT = "_1CClientBankExchange"
_BEGIN = "СекцияДокумент"


def read(content: bytes, ours: Ours) -> tuple[list[StatementLine], list[tuple[int, str]]]:
    """Nothing outside is fetched and no entity is opened. Raises BrokenStatement."""
    transfers: list[Transfer] = []
    left_out: list[tuple[int, str]] = []
    accounts: set[str] = set()
    try:
        found = etree.iterparse(
            BytesIO(content), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
            huge_tree=False, recover=False,
        )  # fmt: skip
        _, root = next(iter(found))
        if _local(root) != ROOT:
            raise BrokenStatement("no_header")
        for event, element in found:
            if event == "end" and _local(element) == _BEGIN:
                _take(element, transfers, left_out)
                element.clear()
                if len(transfers) > MOST:
                    raise BrokenStatement("too_many", str(MOST))
    except (etree.XMLSyntaxError, StopIteration, LookupError) as error:
        raise BrokenStatement("broken_xml", type(error).__name__) from error
    lines_, foreign = lines(transfers, Ours(ours.accounts | accounts, ours.codes))
    return lines_, sorted([*left_out, *foreign])


def _take(element: etree._Element, transfers: list[Transfer], left_out: list[tuple[int, str]]) -> None:
    fields = {_local(child): (child.text or "")[:LONGEST_LINE] for child in element}
    line = int(str(element.sourceline or 0))
    try:
        transfers.append(transfer(line, fields))
    except ValueError:
        left_out.append((line, "unreadable"))


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
