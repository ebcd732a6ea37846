"""`matchday --help` is the table of contents of the journey, and loads no room."""

import subprocess
import sys


def test_help_loads_neither_numpy_nor_pydantic_nor_yaml() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from matchday.cli import matchday;"
        "result = CliRunner().invoke(matchday, ['--help']); assert result.exit_code == 0, result.output;"
        "heavy = {'numpy', 'pydantic', 'yaml', 'rich', 'numba'} & set(sys.modules); assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
