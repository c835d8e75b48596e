"""What in a definition is only a sample: good for the demo, never the word of an office."""

from workflows.definition.model import Definition


def samples_of(definition: Definition) -> list[str]:
    """The paths of everything that no official has confirmed; empty when the service may be opened to real people."""
    parts = {"fee": definition.fee.sample, "standard": definition.standard.sample}
    return [path for path, sample in parts.items() if sample]
