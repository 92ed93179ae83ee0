"""The stores of licences, verifications, logins, commitments and use records, on one database."""

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.services.license_office import LicenseStores
from bot.storage.cipher import Cipher
from bot.storage.commitments import SqlCommitments
from bot.storage.identities import SqlIdentitySessions
from bot.storage.licenses import SqlLicenses
from bot.storage.use_records import SqlUseLedger
from bot.storage.verifications import SqlVerifications


def open_license_stores(engine: AsyncEngine, cipher: Cipher) -> LicenseStores:
    """All of them."""
    return LicenseStores(
        licenses=SqlLicenses(engine, cipher),
        verifications=SqlVerifications(engine, cipher),
        identities=SqlIdentitySessions(engine, cipher),
        commitments=SqlCommitments(engine, cipher),
        ledger=SqlUseLedger(engine),
    )
