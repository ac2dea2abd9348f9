"""A workbook's cells as lines of JSON, in a process of its own whose memory and time are bounded.

A few bytes of a workbook can ask for gigabytes (one cell in the last row of the last column), so the product never
opens one in its own process. Run as a script, not imported; uses nothing of ours.
"""

import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

MEMORY = 1024**3
SECONDS = 300
ROWS_AT_ONCE = 500


def main(path: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineWorkbook

    try:
        for part in _parts(CalamineWorkbook.from_path(path)):
            sys.stdout.write(json.dumps(part, ensure_ascii=False, default=str) + "\n")
    except BaseException as error:  # what the library's Rust throws is no Exception
        sys.stdout.write(json.dumps({"error": f"{type(error).__name__}: {error}"[:300]}) + "\n")
        return 1
    sys.stdout.write('{"end": true}\n')
    return 0


def _parts(workbook: Any) -> Iterator[Any]:
    for metadata in workbook.sheets_metadata:
        if not str(metadata.visible).endswith(".Visible"):
            continue
        sheet = workbook.get_sheet_by_name(metadata.name)
        merged = {start[0] for start, end in sheet.merged_cell_ranges or () if end[1] > start[1]}
        yield {"sheet": metadata.name, "rows": sheet.total_height, "merged": sorted(merged)}
        batch: list[Any] = []
        for row in sheet.iter_rows():
            batch.append(row)
            if len(batch) == ROWS_AT_ONCE:
                yield batch
                batch = []
        yield batch


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
