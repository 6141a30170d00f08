"""A paper signed with keys, as it comes back from outside: an invented issuer, an invented signer and the seal of a body. Of no value anywhere."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from io import BytesIO

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

ISSUER = "Gốc trình diễn (không dùng thật)"
_START, _END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)


class DemoIssuer:
    """Issues certificates by invented names, and signs with their keys."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._root = self._issued(ISSUER, self._key, ca=True)

    @property
    def pem(self) -> bytes:
        """Its own certificate, for the administrator to take in."""
        return self._root.public_bytes(Encoding.PEM)

    def sign(self, data: bytes, name: str, *, field: str, at: datetime) -> bytes:
        """The PDF with a signature under this name."""
        key = ec.generate_private_key(ec.SECP256R1())
        raw = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        signer = SimpleSigner(
            signing_cert=_asn1(self._issued(name, key, ca=False)), signing_key=PrivateKeyInfo.load(raw),
            cert_registry=SimpleCertificateStore.from_certs([_asn1(self._root)]),
        )  # fmt: skip
        steps = PdfCMSEmbedder().write_cms(field, IncrementalPdfFileWriter(BytesIO(data)))
        next(steps)
        steps.send(SigObjSetup(sig_placeholder=SignatureObject(timestamp=at, bytes_reserved=8192)))
        digest, target = steps.send(SigIOSetup(md_algorithm="sha256", in_place=False))
        told = PdfCMSSignedAttributes(signing_time=at)
        steps.send(asyncio.run(signer.async_sign(digest.document_digest, "sha256", signed_attr_settings=told)))
        return target.getvalue()

    def _issued(self, name: str, key: ec.EllipticCurvePrivateKey, *, ca: bool) -> x509.Certificate:
        made = (
            x509.CertificateBuilder().subject_name(_name(name)).issuer_name(_name(ISSUER)).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(_START).not_valid_after(_END)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(not ca, not ca, False, False, False, ca, ca, False, False), critical=True)
        )  # fmt: skip
        return made.sign(self._key, hashes.SHA256())


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _asn1(certificate: x509.Certificate) -> Certificate:
    return Certificate.load(certificate.public_bytes(Encoding.DER))
