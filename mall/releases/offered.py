"""The files that a release is offered as, by kind, with their media types."""

from functools import cache
from importlib.util import find_spec
from typing import Final

ALWAYS: Final = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
PARQUET: Final = {"parquet": "application/vnd.apache.parquet"}


@cache
def formats() -> dict[str, str]:
    """Kinds and media types. Parquet is an extra: offered where `pyarrow` is installed, which this does not import."""
    return ALWAYS | PARQUET if find_spec("pyarrow") else ALWAYS
