"""`python -m ansinh.project` is the `ansinh` command."""

import sys

from ansinh.project.cli import main

sys.exit(main())
