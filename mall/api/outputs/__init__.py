"""The shapes of the answers, for the OpenAPI document only. `shapes` makes them; a test holds the two together."""
