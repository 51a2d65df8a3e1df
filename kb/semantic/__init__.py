"""Search by meaning, the optional part: texts as vectors, near to each other where they mean the same.

"Can't fall asleep" and "insomnia" share no word; their vectors are near. It adds to the search by words and
replaces nothing in it: a word that is there is still the better reason, and one that can be shown.

It is an extra (`semantic`) because of what it weighs: libraries and weights of 150 MB on disk, and every
process that asks has 220 MB of memory where it had 30. One core needs 4 to 14 ms for the vector of a question
and 25 to 28 ms for that of an abstract as it comes in; to find the nearest of 100,000 takes it 11 ms. Without
the extra `load_model` returns None, and all the rest works.
"""

from kb.semantic.model import Model, load_model
from kb.semantic.vectors import Vectors, VectorWriter

__all__ = ["Model", "VectorWriter", "Vectors", "load_model"]
