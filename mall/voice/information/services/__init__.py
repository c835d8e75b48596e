"""The only writers of requests for information. `file_request` is the entry for other code."""

from mall.voice.information.services.filing import Told, file_request

__all__ = ["Told", "file_request"]
