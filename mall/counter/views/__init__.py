"""The pages of the counter. Each view parses, calls one service function and presents."""
