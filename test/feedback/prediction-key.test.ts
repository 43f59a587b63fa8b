import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { fetchPredictionKey } from '../../feedback/prediction-key.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('the key is decrypted and written for the group of the workers', async (t) => {
  const path = join(await temporaryFolder(t), 'prediction-key');
  const calls: unknown[] = [];
  const call = async (action: string, input: object) => {
    calls.push([action, input]);
    return { Parameter: { Value: 'ab'.repeat(32) } };
  };
  await fetchPredictionKey({ call }, '/fleet/prediction-key', path);
  t.deepEqual(calls, [['GetParameter', { Name: '/fleet/prediction-key', WithDecryption: true }]]);
  t.is(await readFile(path, 'utf8'), `${'ab'.repeat(32)}\n`);
  t.is((await stat(path)).mode & 0o777, 0o640);
});

for (const Parameter of [undefined, { Value: 'secret' }, { Value: 'AB'.repeat(32) }]) {
  test(`${JSON.stringify(Parameter)} is no key, and is not told`, async (t) => {
    const folder = await temporaryFolder(t);
    const message = '/fleet/prediction-key: expected a key of 64 hexadecimal digits, got something else';
    const call = async () => ({ Parameter });
    await t.throwsAsync(fetchPredictionKey({ call }, '/fleet/prediction-key', join(folder, 'key')), { message });
    t.deepEqual(await readdir(folder), []);
  });
}
