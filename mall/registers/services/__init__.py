"""The only writers of the registers. Each opens the schema for its own statements, and records its event outside."""
