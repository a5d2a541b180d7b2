"""How benchmarks print: Markdown tables, which read well on a terminal and go into docs/benchmarks.md as they are."""

# ruff: noqa: T201 - a benchmark prints

from collections.abc import Iterable, Sequence


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table with an empty line after it; all columns but the first are numbers and stand to the right."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in [list(headings), *cells]) for column in range(len(headings))]
    rule = [("-" * width) if number == 0 else "-" * (width - 1) + ":" for number, width in enumerate(widths)]
    for row in [list(headings), rule, *cells]:
        padded = [
            cell.ljust(width) if number == 0 else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print(f"| {' | '.join(padded)} |", flush=True)
    print(flush=True)
