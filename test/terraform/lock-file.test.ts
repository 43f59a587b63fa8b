import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { withLockFile } from '../../terraform/lock-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const lockOf = (version: string, ...hashes: string[]) =>
  `provider "aws" {\n  version     = "${version}"\n  hashes = ${JSON.stringify(hashes)}\n}\n`;

/** A stack that needs version 5.1.0 of the provider, a kept lock file, and an init that writes another one. */
async function stackWith(t: ExecutionContext, { kept, written }: { kept?: string; written?: string }) {
  const folder = await temporaryFolder(t);
  const [stack, keptFile] = [join(folder, 'stack'), join(folder, 'stage.lock.hcl')];
  const lockFile = join(stack, '.terraform.lock.hcl');
  await mkdir(stack);
  await writeFile(join(stack, 'cdk.tf.json'), '{"terraform":{"required_providers":{"aws":{"version":"5.1.0"}}}}');
  await writeFile(lockFile, 'of an earlier init');
  if (kept !== undefined) await writeFile(keptFile, kept);
  let seen: string | undefined;
  const init = async () => {
    seen = await readFile(lockFile, 'utf8').catch(() => undefined);
    if (written !== undefined) await writeFile(lockFile, written);
    return 'mirror';
  };
  const result = await withLockFile(stack, keptFile, init);
  const afterwards = (await readdir(folder)).includes('stage.lock.hcl') ? await readFile(keptFile, 'utf8') : undefined;
  return { result, seen, afterwards };
}

test('the kept lock file is used, and checksums that init adds are kept', async (t) => {
  const [kept, written] = [lockOf('5.1.0', 'h1:a'), lockOf('5.1.0', 'h1:a', 'zh:b')];
  t.deepEqual(await stackWith(t, { kept, written }), { result: 'mirror', seen: kept, afterwards: written });
});

test('without a kept lock file, that of init is kept', async (t) => {
  const written = lockOf('5.1.0', 'h1:a');
  t.deepEqual(await stackWith(t, { written }), { result: 'mirror', seen: undefined, afterwards: written });
});

test('a lock file of another version of the provider is replaced', async (t) => {
  const written = lockOf('5.1.0', 'h1:a');
  for (const version of ['5.0.0', '5x1.0', '15.1.0']) {
    const kept = lockOf(version, 'h1:b');
    t.deepEqual(await stackWith(t, { kept, written }), { result: 'mirror', seen: undefined, afterwards: written });
  }
});

test('an init that writes no lock file changes nothing', async (t) => {
  t.deepEqual(await stackWith(t, {}), { result: 'mirror', seen: undefined, afterwards: undefined });
});
