"""Who can log in to the demo, as told at the end of a start."""

from importlib import import_module
from importlib.util import find_spec

SOURCE = "mall.demo"


def lines() -> list[str]:
    """One line a log-in; none where there is no demo.

    `mall.demo.LOGINS` is a sequence of (who in words, log-in, password).
    """
    if find_spec(SOURCE) is None:
        return []
    logins: list[tuple[str, str, str]] = list(getattr(import_module(SOURCE), "LOGINS", ()))
    if not logins:
        return []
    who, name = (max(len(login[part]) for login in logins) for part in (0, 1))
    return [f"  {role:<{who}}  {login:<{name}}  {password}" for role, login, password in logins]
