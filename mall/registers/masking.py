"""How somebody stands on a screen: enough to know whom one looks for, too little to carry away."""

from agencies.identifiers import mask_nik

__all__ = ["mask_name", "mask_nik"]


def mask_name(name: str) -> str:
    """`S. A.`: initials, for a look at a file before it is in force."""
    return " ".join(f"{word[0]}." for word in name.split() if word)
