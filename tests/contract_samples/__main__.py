"""Writes the samples anew: `python -m tests.contract_samples`; look at them in Word before keeping them."""

import sys
from pathlib import Path

from tests.contract_samples.texts import SAMPLES

FOLDER = Path(__file__).parents[2] / "handlers" / "contract_samples"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, made in SAMPLES.items():
        made().save(FOLDER / f"{name}.docx")
        sys.stdout.write(f"{FOLDER / name}.docx\n")


if __name__ == "__main__":
    main()
