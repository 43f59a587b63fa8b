import { join } from 'node:path';
import test from 'ava';
import { UserError } from '../../common/errors.ts';
import { readYaml } from '../../common/read-yaml.ts';
import { folderWith } from '../model/folders.ts';

test('a YAML file is read', async (t) => {
  const folder = await folderWith(t, { 'one.yaml': 'a: [1, two]\n' });
  t.deepEqual(await readYaml(join(folder, 'one.yaml')), { a: [1, 'two'] });
});

test('one that cannot be read, is no YAML, or has an alias of nothing is named', async (t) => {
  const folder = await folderWith(t, { 'broken.yaml': 'a: [1\n', 'alias.yaml': 'a: *b\n' });
  const error = { instanceOf: UserError };
  await t.throwsAsync(readYaml(join(folder, 'none.yaml')), { ...error, message: /none\.yaml: cannot be read: ENOENT/ });
  await t.throwsAsync(readYaml(join(folder, 'broken.yaml')), {
    ...error,
    message: /broken\.yaml: expected YAML, got: /,
  });
  await t.throwsAsync(readYaml(join(folder, 'alias.yaml')), { ...error, message: /alias\.yaml: expected YAML, got: / });
});
