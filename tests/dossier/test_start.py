"""Reading a dossier is quick to start, for every command begins with it."""

import subprocess
import sys

from tests.strategies import EXAMPLES


def test_reading_loads_nothing_that_is_slow_to_load() -> None:
    code = (
        "import sys; from matchday.dossier.file import read; read(sys.argv[1]);"
        "slow = {'pydantic', 'numpy', 'yaml', 'rich', 'tomli_w', 'importlib.metadata'} & set(sys.modules); assert not slow, slow"
    )
    subprocess.run([sys.executable, "-c", code, str(EXAMPLES[0])], check=True)
