"""What can go wrong while starting, said once and plainly."""


class Trouble(Exception):
    """A start or a stop that cannot go on; its text is the one sentence for the person at the terminal."""
