import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { KeyRing, readKeyRing } from '../../../app/access/key-ring.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { keysFile, makeKey } from './keys.ts';

test('a key is found by its whole text alone', (t) => {
  const [web, other] = [makeKey('web'), makeKey('other')];
  const ring = new KeyRing([web.named]);
  const forged = web.text.slice(0, -1) + (web.text.endsWith('A') ? 'B' : 'A');
  t.is(ring.size, 1);
  t.is(ring.find(web.text)?.name, 'web');
  t.deepEqual([...(ring.find(web.text)?.scopes ?? [])], ['predict']);
  for (const text of [forged, other.text, web.named.id, '', web.text.toUpperCase()]) t.is(ring.find(text), undefined);
});

test('a key ends at its time', (t) => {
  const { text, named } = makeKey('short', { expiresAt: '2026-05-01T00:00:00Z' });
  const ring = new KeyRing([named]);
  t.is(ring.find(text, Date.parse('2026-04-30T23:59:59Z'))?.name, 'short');
  t.is(ring.find(text, Date.parse('2026-05-01T00:00:00Z')), undefined);
});

test('a file holds keys; what holds none is refused, and says where', async (t) => {
  const { text, named } = makeKey('web');
  t.is((await readKeyRing(await keysFile(t, [named]))).find(text)?.name, 'web');
  t.is((await readKeyRing(await keysFile(t, []))).size, 0);
  const path = join(await temporaryFolder(t), 'keys.json');
  const missing = `API_KEYS: expected a readable file at ${path}, got ENOENT: no such file or directory, open '${path}'`;
  await t.throwsAsync(readKeyRing(path), { message: missing });
  await writeFile(path, '{"keys":[{"name":"Web"');
  await t.throwsAsync(readKeyRing(path), {
    message: `${path}: not a list of API keys:\n  (top level): expected a mapping, got nothing`,
  });
  await writeFile(path, JSON.stringify({ keys: [{ ...named, name: 'Web', sha256: 'none', scopes: [] }] }));
  await t.throwsAsync(readKeyRing(path), {
    message: [
      `${path}: not a list of API keys:`,
      'keys.0.sha256: expected 64 hexadecimal digits, got "none"',
      'keys.0.scopes: expected at least 1, got []',
      'keys.0.name: expected at most 40 lower-case letters, digits and hyphens, got "Web"',
    ].join('\n  '),
  });
});
