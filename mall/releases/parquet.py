"""A release as Parquet: the cells of the other files with their types, and the words about them in the schema.

`pyarrow` is imported when the first such file is asked for: a process that is never asked does not carry it.
"""

import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING

from mall.releases import files
from mall.releases.datasets import Column, Dataset, Kind
from mall.releases.files import Field
from mall.releases.models import Release

if TYPE_CHECKING:
    import pyarrow as pa

DIGITS = 38
"""Of a decimal: as many as sixteen bytes hold."""
FINE = 6
"""Places of a decimal whose column names none; figures of the regency are kept with as many."""


def as_parquet(release: Release, dataset: Dataset) -> bytes:
    """The file; the same bytes each time from the same version of pyarrow.

    Codes are text and never lose a zero. What is hidden is null, and true in the column `…_suppressed` beside it.
    """
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([_field(*one) for one in files.fields(dataset, release)], metadata=_about(release, dataset))
    records = list(files.records(dataset, release))
    columns = [
        pa.array([_typed(record[at], field.type) for record in records], field.type) for at, field in enumerate(schema)
    ]
    out = io.BytesIO()
    parquet.write_table(pa.table(columns, schema=schema), out)
    return out.getvalue()


def _field(name: str, one: Column | None) -> "pa.Field":
    """One column of the file; a variable is described, and what only stands beside one is not."""
    import pyarrow as pa

    if one is not None:
        told = {said: str(value) for said, value in files.described(one).items() if said != "code"}
        return pa.field(name, _type(one), metadata=told)
    if name.endswith("_suppressed"):
        return pa.field(name, pa.bool_())
    return pa.field(name, pa.int64() if name.endswith("_at_least") else pa.string())


def _type(one: Column) -> "pa.DataType":
    import pyarrow as pa

    if one.kind in (Kind.TEXT, Kind.CODE):
        return pa.string()
    if one.kind in (Kind.COUNT, Kind.SHARE):
        return pa.int64()
    return pa.decimal128(DIGITS, 2 if one.kind is Kind.AMOUNT else one.places or FINE)


def _typed(value: Field, kind: "pa.DataType") -> Field | bool | Decimal:
    """A field of a record as its column holds it; what does not fit makes pyarrow refuse, no digit is dropped."""
    import pyarrow as pa

    if value is None:
        return None
    if pa.types.is_boolean(kind):
        return value == "true"
    if pa.types.is_string(kind):
        return str(value)
    return Decimal(str(value)) if pa.types.is_decimal(kind) else value


def _about(release: Release, dataset: Dataset) -> dict[str, str]:
    """What the JSON file says before its rows."""
    told = files.as_data(release, dataset)
    for name in ("columns", "labels", "rows"):
        del told[name]
    return {name: said if isinstance(said, str) else json.dumps(said) for name, said in told.items()}
