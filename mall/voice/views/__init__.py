"""Pages of this face."""
