"""Objects of S3."""

from moto.s3.utils import _VersionedKeyStore


def versions_by_key(self):
    """A listing of versions would fail where another call deletes an object meanwhile."""
    yield from dict(self).items()


# Its own items() have the newest version of each object alone; those of a copy have them all.
_VersionedKeyStore.iterlists = _VersionedKeyStore.lists = versions_by_key
