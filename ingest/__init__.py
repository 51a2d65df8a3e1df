"""How literature comes in: sources, parsers, extractors, the pipeline. Imports `kb`, never `web`."""

import os

# The matrices of the extractors are small: a second thread costs more than it gives. Read when NumPy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
