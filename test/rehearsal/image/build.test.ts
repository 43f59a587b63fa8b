import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { ensureImage, imageFolder } from '../../../rehearsal/image/build.ts';
import { recipe } from '../../../rehearsal/image/recipe.ts';

/** A cache folder of its own and a program `mmdebstrap` on the PATH; its last argument is the image's root file system. */
async function withMmdebstrap(t: ExecutionContext, script: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'image-'));
  const { PATH, XDG_CACHE_HOME } = process.env;
  t.teardown(async () => {
    Object.assign(process.env, { PATH, XDG_CACHE_HOME });
    if (XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME;
    await rm(folder, { recursive: true });
  });
  await writeFile(join(folder, 'mmdebstrap'), `#!/bin/bash\ntarget="\${@: -1}"\n${script}\n`);
  await chmod(join(folder, 'mmdebstrap'), 0o755);
  Object.assign(process.env, { PATH: `${folder}:${PATH}`, XDG_CACHE_HOME: folder });
  return join(folder, 'intent-fleet');
}

test.serial('builds the image, reports the progress and leaves nothing else', async (t) => {
  const hook = 'overlay=$(sed -n \'s/.*cp -a "\\(.*\\)\\/." .*/\\1/p\' <<<"$*")';
  const cache = await withMmdebstrap(
    t,
    `${hook}\nmkdir "$target" && cp -a "$overlay/." "$target"\necho "I: downloading packages"\necho "running --customize-hook in shell: sh -c …"`,
  );
  await mkdir(join(cache, '.building-4194305-abandoned'), { recursive: true });
  const reported: string[] = [];
  t.is(await ensureImage((line) => reported.push(line)), imageFolder());
  t.deepEqual(reported, ['downloading packages', 'customizing']);
  t.deepEqual((await readdir(cache)).sort(), [imageFolder().slice(cache.length + 1), 'image.log']);
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
  await t.throwsAsync(
    ensureImage(() => undefined),
    {
      name: 'UserError',
      message: `The base image could not be built: mmdebstrap ended with 25. Its whole output: ${cache}/image.log\nE: 2\nE: 3\nE: 4\nE: 5\nE: 6`,
    },
  );
  t.deepEqual(await readdir(cache), ['image.log']);
  t.is(await readFile(join(cache, 'image.log'), 'utf8'), 'E: 1\nE: 2\nE: 3\nE: 4\nE: 5\nE: 6\n');
});
