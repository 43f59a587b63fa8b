import test from 'ava';
import { checksumLines, parseChecksums } from '../../../model/artifact/checksums.ts';

const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

test("the lines are sha256sum's", (t) => {
  t.is(checksumLines({ 'a.txt': '', 'b.bin': new Uint8Array() }), `${EMPTY}  a.txt\n${EMPTY}  b.bin\n`);
});

test('lines are read again', (t) => {
  t.deepEqual(parseChecksums(`${EMPTY}  a.txt\n`), new Map([['a.txt', EMPTY]]));
});

test('anything else is refused', (t) => {
  t.throws(() => parseChecksums('nonsense\n'), {
    message: 'SHA256SUMS: expected a checksum, two spaces and a name, got nonsense',
  });
});
