import test from 'ava';
import { checksumLines, parseChecksums } from '../../../model/artifact/checksums.ts';

// The SHA-256 of nothing.
const emptySum = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

test('checksums are written and read in the format of sha256sum', (t) => {
  t.is(checksumLines({ 'a.txt': '', 'b.bin': new Uint8Array() }), `${emptySum}  a.txt\n${emptySum}  b.bin\n`);
  t.deepEqual(parseChecksums(`${emptySum}  a.txt\n`), new Map([['a.txt', emptySum]]));
});

test('refuses any other line', (t) => {
  t.throws(() => parseChecksums('nonsense\n'), {
    message: 'SHA256SUMS: expected a checksum, two spaces and a name, got nonsense',
  });
});
