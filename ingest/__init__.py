"""How literature comes in: sources, parsers, extractors, the pipeline. Imports `kb`, never `web`."""
