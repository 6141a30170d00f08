"""Keys, issuers and signed PDFs for tests: invented, made anew each time, never of anybody real."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from fpdf import FPDF
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfWriter

from ansinh import rendering
from ansinh.access.tests.factories import NOW

FONT = Path(rendering.__file__).parent / "fonts" / "NotoSerif-Regular.ttf"
START, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Key:
    """A key with its certificate, and who issued it (itself, of a root)."""

    name: str
    private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: x509.Certificate
    issuer: Key | None = None

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def asn1(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.certificate.public_bytes(Encoding.DER))

    @property
    def asn1_private(self) -> asn1_keys.PrivateKeyInfo:
        raw = self.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return asn1_keys.PrivateKeyInfo.load(raw)

    @property
    def chain(self) -> SimpleCertificateStore:
        store, above = SimpleCertificateStore(), self.issuer
        while above:
            store.register(above.asn1)
            above = above.issuer
        return store


def _made(
    name: str, issuer: Key | None, *, ca: bool, start: datetime = START, end: datetime = END, stamps: bool = False
) -> Key:  # fmt: skip
    # The tests' time stamper knows RSA alone.
    private = rsa.generate_private_key(65537, 2048) if stamps else ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, name)])
    above = issuer.certificate.subject if issuer else subject
    built = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(above).public_key(private.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(not ca, not ca, False, False, False, ca, ca, False, False), critical=True)
    )  # fmt: skip
    if stamps:
        built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Key(name, private, built.sign(issuer.private if issuer else private, hashes.SHA256()), issuer)


@cache
def root(name: str = "Gốc thử nghiệm") -> Key:
    """An issuer of the first rank."""
    return _made(name, None, ca=True)


@cache
def below(name: str = "Nơi cấp thử nghiệm") -> Key:
    """An issuer that the root issued."""
    return _made(name, root(), ca=True)


@cache
def person(name: str = "Phạm Văn Ký", *, start: datetime = START, end: datetime = END) -> Key:
    """Somebody's or a body's key, two steps below the root."""
    return _made(name, below(), ca=False, start=start, end=end)


@cache
def clock() -> Key:
    """Who stamps the time."""
    return _made("Dấu thời gian thử nghiệm", root(), ca=False, stamps=True)


def page(*lines: str) -> bytes:
    """A PDF with these lines, in the font of the house."""
    made = FPDF()
    made.add_font("house", "", FONT)
    made.set_font("house", size=12)
    made.add_page()
    for line in lines:
        made.multi_cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(made.output())


def signed(data: bytes, key: Key | None = None, *, field: str = "NguoiKy", at: datetime = NOW, stamped: bool = False) -> bytes:
    """The PDF with one more signature, told to be made at a moment; `stamped`: by a time stamp as well."""
    key = key or person()
    signer = SimpleSigner(signing_cert=key.asn1, signing_key=key.asn1_private, cert_registry=key.chain)
    told = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    stamper = DummyTimeStamper(clock().asn1, clock().asn1_private, clock().chain, fixed_dt=at) if stamped else None
    target = BytesIO()
    with patch("pyhanko.sign.signers.pdf_signer.datetime", _clock_at(at)):
        PdfSigner(told, signer=signer, timestamper=stamper).sign_pdf(IncrementalPdfFileWriter(BytesIO(data)), output=target)
    return target.getvalue()


def _clock_at(at: datetime) -> type:
    """The signer's own clock, standing still."""
    return type("Clock", (datetime,), {"now": classmethod(lambda _kind, tz=None: at.astimezone(tz))})


def added(data: bytes, words: str) -> bytes:
    """The same PDF with words written over its first page afterwards, as an increment: nothing of the old bytes changes."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    stream = generic.StreamObject(stream_data=f"BT /F1 12 Tf 50 50 Td ({words}) Tj ET".encode())
    writer.add_stream_to_page(0, writer.add_object(stream))
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def giant(data: bytes, *, megabytes: int) -> bytes:
    """The same PDF with a page that unpacks to so much."""
    packer, block = zlib.compressobj(9), b"0 " * (1 << 19)
    packed = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    writer = IncrementalPdfFileWriter(BytesIO(data))
    told = generic.DictionaryObject({generic.NameObject("/Filter"): generic.NameObject("/FlateDecode")})
    writer.add_stream_to_page(0, writer.add_object(generic.StreamObject(told, encoded_data=packed)))
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def shut(data: bytes, password: str = "mo") -> bytes:
    """The same PDF behind a password."""
    made = PdfWriter(clone_from=BytesIO(data))
    made.encrypt(password)
    target = BytesIO()
    made.write(target)
    return target.getvalue()
