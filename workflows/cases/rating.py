"""The code under which the applicant of a closed case rates the service.

Computed from the case's id under the key of the blind indexes: it can be printed on a letter and put into a message
without being kept anywhere, and neither it nor its digest leads back to the case.
"""

from uuid import UUID

from agencies.sealing import blind_index

LETTERS = 26
"""Hexadecimal, so 104 bits that nobody guesses."""


def rating_code(case_id: UUID) -> str:
    """The code of that case; the same every time."""
    return blind_index(str(case_id), purpose="satisfaction")[:LETTERS]
