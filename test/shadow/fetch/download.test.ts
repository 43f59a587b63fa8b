import { join } from 'node:path';
import test from 'ava';
import { sha256 } from '../../../common/checksum.ts';
import { download } from '../../../shadow/fetch/download.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function* endless() {
  for (;;) yield Buffer.alloc(1000);
}

test('an archive without an end is given up', async (t) => {
  const path = join(await temporaryFolder(t), 'archive');
  const props = { source: endless(), path, sha256: sha256(''), mostBytes: 10_000 };
  await t.throwsAsync(download(props), { message: 'the archive: expected at most 10000 bytes, got more' });
});

test('the error of a connection that breaks is the error', async (t) => {
  async function* breaks() {
    yield Buffer.alloc(1000);
    throw new Error('aborted');
  }
  const path = join(await temporaryFolder(t), 'archive');
  const props = { source: breaks(), path, sha256: sha256(Buffer.alloc(1000)), mostBytes: 10_000 };
  await t.throwsAsync(download(props), { message: 'aborted' });
});
