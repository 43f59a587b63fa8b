import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { readArtifact } from '../../../model/artifact/read.ts';
import { writeArtifact } from '../../../model/artifact/write.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { trainSmall } from '../trained.ts';

test('an artifact for which the disk has no room is refused by its folder; the one before stays whole', async (t) => {
  const parent = await temporaryFolder(t);
  const [folder, artifact] = [join(parent, 'model'), await trainSmall()];
  writeArtifact(artifact, folder);
  const module = resolve(import.meta.dirname, '../../../model/artifact/write.ts');
  const code = `import { writeArtifact } from '${module}'; writeArtifact({ files: { weights: 'a'.repeat(9000) } }, '${folder}');`;
  const limited = ['-c', 'ulimit -f 4; exec "$@"', 'bash', process.execPath, '--input-type=module', '--eval', code];
  const { failed, stderr } = await execa('bash', limited, { reject: false });
  t.true(failed);
  t.true(stderr.includes(`Error: ${folder}: EFBIG: file too large, write`), stderr);
  t.deepEqual(await readArtifact(folder), artifact);
  t.deepEqual(await readdir(parent), ['model']);
});
