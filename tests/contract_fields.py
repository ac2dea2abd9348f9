"""The table of fields in docs/contracts.md, written from the code: `python -m tests.contract_fields`."""

from pathlib import Path

from bot.domain.signing import DocumentKind
from bot.domain.template.fields import FIELDS, GROUPS, REQUIRED, ROWS, Field

PAGE = Path(__file__).parents[1] / "docs" / "contracts.md"
BEGIN, END = "<!-- поля: початок -->", "<!-- поля: кінець -->"
KINDS = {
    DocumentKind.CONTRACT: "договір",
    DocumentKind.AMENDMENT: "додаткова угода",
    DocumentKind.RECONCILIATION: "акт",
}
REQUIRED_HEADS = {
    DocumentKind.CONTRACT: "Договір",
    DocumentKind.AMENDMENT: "Додаткова угода",
    DocumentKind.RECONCILIATION: "Акт звірки",
}


def tables() -> str:
    """Every group with its fields, then what each kind must say."""
    parts = [_group(group, fields) for group, fields in FIELDS.items()]
    return "\n".join([*parts, _required()])


def _group(group: str, fields: tuple[Field, ...]) -> str:
    kinds = ", ".join(KINDS[kind] for kind, groups in GROUPS.items() if group in groups)
    rows = [f"**{group}** ({kinds})", "", "| Поле | Що буде в документі |", "|---|---|"]
    rows += [f"| `{{{{ {one.path} }}}}` | {_meant(one)} |" for one in fields]
    for repeated in (one for path, one in ROWS.items() if path.startswith(f"{group}.")):
        rows.append(f"| `{{%tr for рядок in {repeated.path} %}}` | {repeated.meaning}; поля рядка: |")
        rows += [f"| `{{{{ рядок.{one.path.rpartition('.')[2]} }}}}` | {_meant(one)} |" for one in repeated.fields]
    return "\n".join([*rows, ""])


def _meant(field: Field) -> str:
    if field.blank is None:
        return field.meaning
    return f"{field.meaning}; якщо невідомо, {'риска' if field.blank else 'порожньо'}"


def _required() -> str:
    rows = ["| Документ | Обов’язкові поля |", "|---|---|"]
    for kind, choices in REQUIRED.items():
        said = "; ".join(" або ".join(f"`{path}`" for path in choice) for choice in choices)
        rows.append(f"| {REQUIRED_HEADS[kind]} | {said} |")
    return "\n".join([*rows, ""])


def with_tables(page: str) -> str:
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text("utf-8")), "utf-8")
