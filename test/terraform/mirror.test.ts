import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { findMirror, mirrorCandidates } from '../../terraform/mirror.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a mirror is searched in these folders, in this order', (t) => {
  const candidates = mirrorCandidates({ TF_PLUGIN_MIRROR: '/mine', XDG_DATA_HOME: '/data' });
  t.is(candidates[0], '/mine');
  t.regex(candidates[1] ?? '', /\/\.terraform\.d\/plugins$/);
  t.deepEqual(candidates.slice(2, 5), [
    '/data/terraform/plugins',
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
  ]);
  t.true(candidates.slice(5).every((folder) => /^\/opt\/[^/]+$/.test(folder)));
  t.notRegex(mirrorCandidates({})[0] ?? '', /mine/);
});

test('the mirror is the first folder that holds the provider', async (t) => {
  const folder = await temporaryFolder(t);
  const [empty, first, second] = ['empty', 'first', 'second'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await mkdir(empty);
  for (const mirror of [first, second])
    await mkdir(join(mirror, 'registry.terraform.io/hashicorp/aws'), { recursive: true });
  t.is(findMirror([join(folder, 'none'), empty, first, second]), first);
  t.is(findMirror([empty]), undefined);
});
