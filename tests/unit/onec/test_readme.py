"""What has to be ticked in 1C is written down as the profiles have it."""

from pathlib import Path

import pytest

from integrations.onec.odata.config import ProfileName
from integrations.onec.odata.profile import NAMES, load

README = Path(__file__).parents[3] / "integrations/onec/README.md"


@pytest.mark.parametrize("name", NAMES)
def test_the_page_lists_every_entity_of_a_profile(name: ProfileName) -> None:
    part = README.read_text("utf-8").partition(f"### `{name}`")[2].partition("\n##")[0]
    needed, welcome = part.split("- Якщо є:")
    profile = load(name)
    tables = [table for word, table in profile.tables() if word != "contact"]
    compulsory = {table.entity.removesuffix("_RecordType") for table in tables if not table.optional}
    optional = {table.entity.removesuffix("_RecordType") for table in tables} | set(profile.debt.kinds)
    assert {entity for entity in compulsory if f"`{entity}`" not in needed} == set()
    assert {entity for entity in optional - compulsory if f"`{entity}`" not in welcome} == set()
