"""The pages of the desk. Each view parses, calls one service function and presents."""
