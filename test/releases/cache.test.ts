import test from 'ava';
import { cached } from '../../releases/cache.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('what is missing is made once for all that ask meanwhile, and then read', async (t) => {
  const folder = await temporaryFolder(t);
  let made = 0;
  const make = async () => Buffer.from(`made ${++made}`);
  const results = [...(await Promise.all([cached(folder, 'a', make), cached(folder, 'a', make)]))];
  results.push(await cached(folder, 'a', make), await cached(folder, 'b', make));
  t.deepEqual(results.map(String), ['made 1', 'made 1', 'made 1', 'made 2']);
});

test('what could not be made is made again', async (t) => {
  const folder = await temporaryFolder(t);
  const fail = () => Promise.reject(new Error('no'));
  await t.throwsAsync(cached(folder, 'a', fail), { message: 'no' });
  t.is(String(await cached(folder, 'a', async () => Buffer.from('made'))), 'made');
});
