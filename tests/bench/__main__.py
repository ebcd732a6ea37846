"""`python -m tests.bench [NAME...]`: measure the rows (all, or those named) and print one table. Exit 0, also when a bound is missed."""

import importlib
import os
import pkgutil
import platform
import sys

from tests.bench import rows, table


def main(names: list[str]) -> int:
    """Measure and print; 2 for a name that is not a row."""
    found = [row for module in pkgutil.iter_modules(rows.__path__) for row in _rows_of(module.name)]
    unknown = set(names) - {row.name for row in found}
    if unknown:
        print(f"no row {', '.join(sorted(unknown))}; there are {', '.join(row.name for row in found)}", file=sys.stderr)
        return 2
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    measured = []
    for row in found:
        if not names or row.name in names:
            print(f"measuring {row.name} ...", file=sys.stderr, flush=True)
            measured.append((row, row.measure()))
    print("\n".join(table.lines(measured)))
    return 0


def _rows_of(module: str) -> list[table.Row]:
    return list(importlib.import_module(f"{rows.__name__}.{module}").ROWS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
