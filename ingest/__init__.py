"""How it comes in: sources are harvested, payloads parsed, records matched, abstracts read, all put in the store."""

import os

# The matrices of the extractors are small: a second thread costs more than it gives. Read when NumPy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
