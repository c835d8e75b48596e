"""The engine: what a service is, and how one application becomes a decision and a permit."""
