"""The pages: each parses, calls one service function, and presents."""
