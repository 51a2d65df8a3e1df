"""What is known: records, facts, vocabulary, store, index, search. Imports neither `ingest` nor `web`."""
