"""The built-in signer: PAdES B-B with a local P-256 key. For trials: no certification provider stands behind it."""

from io import BytesIO
from typing import Any

from documents.permits.sealing import keys
from documents.permits.sealing.port import SealRefused, Verdict

FIELD = "SegelElektronik"
RESERVED = 8192
"""Room for the seal in the file, more than twice what ours needs. Where none is said, pyHanko signs twice to know."""


class LocalSigner:
    """Seals with the key in `SEAL_FOLDER`. pyHanko is imported only when a worker seals."""

    name = "local"
    certified = False
    words = "SEGEL ELEKTRONIK UJI — BELUM\u00a0TERSERTIFIKASI"

    def seal(self, pdf: bytes, *, number: str) -> bytes:
        """Append the seal. Raises `SealRefused` when pyHanko cannot."""
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import PdfSignatureMetadata, PdfSigner
        from pyhanko.sign.fields import SigSeedSubFilter

        meta = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            reason=f"Segel uji, belum tersertifikasi, atas dokumen nomor {number}",
            location="Banyuwangi",
            name=keys.SEAL,
        )
        out = BytesIO()
        try:
            sheets = IncrementalPdfFileWriter(BytesIO(pdf))
            PdfSigner(meta, signer=self._signer()).sign_pdf(sheets, bytes_reserved=RESERVED, output=out)
        except (ValueError, OSError) as error:
            raise SealRefused(type(error).__name__) from error
        return out.getvalue()

    def _signer(self) -> Any:
        from pyhanko.sign.signers import SimpleSigner

        files = keys.kept()
        signer = SimpleSigner.load(  # type: ignore[no-untyped-call]
            str(files.key), str(files.certificate), ca_chain_files=(str(files.authority),)
        )
        if signer is None:
            raise SealRefused("the local key cannot be read")
        return signer

    def verify(self, sealed: bytes) -> Verdict:
        """Check the seal against our own authority; whatever cannot be read is not valid."""
        try:
            return self._verdict(sealed)
        except Exception as error:  # noqa: BLE001 - a broken file fails in any way, and each means the same
            return Verdict(False, f"unreadable: {type(error).__name__}")

    def _verdict(self, sealed: bytes) -> Verdict:
        from pyhanko.keys import load_cert_from_pemder
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.validation import validate_pdf_signature
        from pyhanko.sign.validation.status import SignatureCoverageLevel
        from pyhanko_certvalidator import ValidationContext

        files = keys.kept()
        reader = PdfFileReader(BytesIO(sealed))
        if len(reader.embedded_signatures) != 1:
            return Verdict(False, f"{len(reader.embedded_signatures)} seals")
        authority = load_cert_from_pemder(str(files.authority))  # type: ignore[no-untyped-call]
        ours = ValidationContext(trust_roots=[authority], allow_fetching=False)
        status = validate_pdf_signature(reader.embedded_signatures[0], ours)
        if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
            return Verdict(False, "something was added after the seal")
        if not (status.intact and status.valid and status.trusted and status.bottom_line):
            return Verdict(False, status.summary())
        return Verdict(True)
