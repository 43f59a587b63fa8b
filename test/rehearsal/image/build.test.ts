import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { cacheFolder } from '../../../common/cache-folder.ts';
import { ensureImage, imageFolder } from '../../../rehearsal/image/build.ts';
import { recipe } from '../../../rehearsal/image/recipe.ts';
import { addProgram } from '../../support/programs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A cache folder and a program `mmdebstrap` of the test; its last argument is the image's root file system. */
async function withMmdebstrap(t: ExecutionContext, ...script: string[]): Promise<string> {
  await addProgram(t, 'mmdebstrap', ['#!/bin/bash', `target="\${@: -1}"`, ...script].join('\n'));
  process.env.XDG_CACHE_HOME = await temporaryFolder(t);
  return cacheFolder();
}

test.serial('builds the image, reports the progress and leaves nothing else', async (t) => {
  const cache = await withMmdebstrap(
    t,
    'overlay=$(sed -n \'s/.*cp -a "\\(.*\\)\\/." .*/\\1/p\' <<<"$*")',
    'mkdir "$target" && cp -a "$overlay/." "$target"',
    'echo "I: downloading packages"',
    'echo "running --customize-hook in shell: sh -c …"',
  );
  const reported: string[] = [];
  t.is(await ensureImage((line) => reported.push(line)), imageFolder());
  t.deepEqual(reported, ['downloading packages', 'customizing']);
  t.deepEqual((await readdir(cache)).sort(), [basename(imageFolder()), 'image.log']);
  for (const [path, content] of Object.entries(recipe.files))
    t.is(await readFile(join(imageFolder(), path), 'utf8'), content);
});

test.serial('an image that exists is not built again', async (t) => {
  await withMmdebstrap(t, 'exit 1');
  await mkdir(imageFolder(), { recursive: true });
  t.is(await ensureImage(() => t.fail()), imageFolder());
});

test.serial('a build that fails shows the end of its output and leaves no folder', async (t) => {
  const cache = await withMmdebstrap(t, 'mkdir "$target"; for line in 1 2 3 4 5 6; do echo "E: $line"; done; exit 25');
  const report = `The base image could not be built: mmdebstrap ended with 25. Its whole output: ${cache}/image.log`;
  const building = ensureImage(() => undefined);
  await t.throwsAsync(building, { name: 'UserError', message: `${report}\nE: 2\nE: 3\nE: 4\nE: 5\nE: 6` });
  t.deepEqual(await readdir(cache), ['image.log']);
  t.is(await readFile(join(cache, 'image.log'), 'utf8'), 'E: 1\nE: 2\nE: 3\nE: 4\nE: 5\nE: 6\n');
});
