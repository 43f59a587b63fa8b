import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { cacheFolder } from '../../common/cache-folder.ts';
import { ensureMoto, ensurePackages } from '../../rehearsal/install.ts';
import { addProgram, writeProgram } from '../support/programs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// `-m venv FOLDER` makes an environment whose pip records what it installs, and a moto_server with its interpreter's path.
const python = `#!/bin/sh
case "$1 $2" in
"-m venv")
  mkdir -p "$3/bin"
  printf '#!/bin/sh\\necho "$@" > "%s/installed"\\n' "$3" > "$3/bin/pip"
  printf '#!%s/bin/python\\n' "$3" > "$3/bin/moto_server"
  chmod +x "$3/bin/pip";;
esac
`;

/** A cache folder of the test; the Python on the PATH installs into it. */
async function withPython(t: ExecutionContext): Promise<string> {
  await addProgram(t, 'python3', python);
  process.env.XDG_CACHE_HOME = await temporaryFolder(t);
  return join(cacheFolder(), 'moto-5.2.1');
}

/** A moto_server on the PATH, with an interpreter beside it. */
async function addMoto(t: ExecutionContext, interpreter: string): Promise<string> {
  const folder = await addProgram(t, 'moto_server', '#!/bin/sh\n');
  if (interpreter) await writeProgram(join(folder, 'python3'), `#!/bin/sh\n${interpreter}\n`);
  return join(folder, 'moto_server');
}

test.serial('the moto_server on the PATH is used if it is of the tested version', async (t) => {
  await withPython(t);
  const installed = await addMoto(t, 'echo 5.2.1');
  t.is(await ensureMoto(() => t.fail()), installed);
});

test.serial('the version of a linked moto_server is that of the environment that the link leads to', async (t) => {
  await withPython(t);
  const environment = await temporaryFolder(t);
  await mkdir(join(environment, 'bin'));
  await writeProgram(join(environment, 'bin/moto_server'), '#!/bin/sh\n');
  await writeProgram(join(environment, 'bin/python3'), '#!/bin/sh\necho 5.2.1\n');
  const folder = await addProgram(t, 'another', '#!/bin/sh\n');
  await symlink(join(environment, 'bin/moto_server'), join(folder, 'moto_server'));
  t.is(await ensureMoto(() => t.fail()), join(folder, 'moto_server'));
});

const others = { 'of another version': 'echo 5.2.5', 'without its package': 'exit 1', 'without an interpreter': '' };

for (const [what, interpreter] of Object.entries(others)) {
  test.serial(
    `instead of a moto_server ${what}, the tested one is installed into the cache folder, once`,
    async (t) => {
      await addMoto(t, interpreter);
      const cache = await withPython(t);
      const reported: string[] = [];
      t.is(await ensureMoto((line) => reported.push(line)), join(cache, 'bin/moto_server'));
      t.deepEqual(reported, ['python3 -m venv', 'pip install moto[server]==5.2.1']);
      t.is(await readFile(join(cache, 'installed'), 'utf8'), 'install --quiet moto[server]==5.2.1\n');
      t.is(await readFile(join(cache, 'bin/moto_server'), 'utf8'), `#!${cache}/bin/python\n`);
      t.is(await ensureMoto(() => t.fail()), join(cache, 'bin/moto_server'));
    },
  );
}

/** An apt-get that notes its last argument, and whose first call fails with this message. */
async function addApt(t: ExecutionContext, message: string): Promise<string> {
  const notes = join(await temporaryFolder(t), 'notes');
  await addProgram(
    t,
    'apt-get',
    `#!/bin/sh
for last in "$@"; do :; done
if [ ! -f ${notes} ]; then echo 'locked' > ${notes}; echo '${message}' >&2; exit 100; fi
echo "$last" >> ${notes}
`,
  );
  return notes;
}

/** A PATH on which programs of the rehearsal are missing. */
async function withoutPackages(t: ExecutionContext): Promise<void> {
  const { PATH } = process.env;
  process.env.PATH = await temporaryFolder(t);
  await symlink('/bin/sh', join(process.env.PATH, 'sh'));
  t.teardown(() => {
    process.env.PATH = PATH;
  });
}

test.serial(
  'the installation of packages waits for another one that holds the lock of the package lists',
  async (t) => {
    await withoutPackages(t);
    const notes = await addApt(t, 'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 1 (apt-get)');
    await ensurePackages(() => undefined);
    t.regex(await readFile(notes, 'utf8'), /^locked\nupdate\n[a-z0-9-]+\n$/);
  },
);

test.serial('another failure of apt-get is not repeated', async (t) => {
  await withoutPackages(t);
  const notes = await addApt(t, 'E: No network');
  await t.throwsAsync(
    ensurePackages(() => undefined),
    { message: /E: No network/ },
  );
  t.is(await readFile(notes, 'utf8'), 'locked\n');
});
