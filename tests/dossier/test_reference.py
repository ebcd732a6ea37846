"""The reference page names every field and every contradiction that there is."""

import re
from pathlib import Path

from matchday.dossier.model import Dossier
from matchday.dossier.shape import ListOf, Table, table_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/dossier.md").read_text(encoding="utf-8")


def test_every_field_is_on_the_page() -> None:
    rows = {
        row[1]: set(re.findall(r"`(\w+)`", row[2])) for row in re.finditer(r"^\| `\[+(\w+)\]+` \| (.*) \|$", PAGE, re.M)
    }
    for part, shape in table_of(Dossier).keys.items():
        table = shape.item if isinstance(shape, ListOf) else shape
        if isinstance(table, Table):
            assert rows[part] >= set(table.keys), part


def test_every_contradiction_is_on_the_page() -> None:
    source = (ROOT / "src/matchday/dossier/contradictions.py").read_text(encoding="utf-8")
    found = set(re.findall(r'(?:Order|_found)\(\s*"(\w+)"', source)) | {
        f"{part}_before_birth" for part in ("exam", "school", "licence", "experience")
    }
    missing = {one for one in found if one not in PAGE and f"`{one.split('_')[0]}_`" not in PAGE}
    assert missing == set()
    assert len(found) > 15
