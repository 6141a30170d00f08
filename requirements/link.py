"""Puts the project on the path of the environment it runs in, with the `ansinh` command. Needs no build tool and no network."""

import sys
import sysconfig
from pathlib import Path

source = Path(__file__).resolve().parent.parent / "src"
Path(sysconfig.get_path("purelib"), "ansinh.pth").write_text(f"{source}\n", encoding="utf-8")
command = Path(sysconfig.get_path("scripts"), "ansinh")
command.write_text(
    "#!/bin/sh\n"
    f'\'\'\'exec\' "$(dirname "$0")/{Path(sys.executable).name}" "$0" "$@"\n'
    "' '''\n"
    "import sys\n"
    "from ansinh.project.cli import main\n"
    "sys.exit(main())\n",
    encoding="utf-8",
)
command.chmod(0o755)
