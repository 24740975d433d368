"""`python -m vnextract.cli`."""

import sys

from vnextract.cli import app

sys.exit(app())
