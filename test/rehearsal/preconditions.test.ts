import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import {
  assertPreconditions,
  type Host,
  PreconditionError,
  programPath,
  unmetRequirements,
} from '../../rehearsal/preconditions.ts';

const good: Host = {
  platform: 'linux',
  architecture: 'x64',
  userId: 0,
  hasApt: true,
  hasOverlay: true,
  canWriteCgroups: true,
};

const sentences: [Partial<Host>, string][] = [
  [{ architecture: 'arm64' }, "The rehearsal's images are for x64 and this is arm64: use an x64 machine."],
  [{ userId: 1000 }, 'The rehearsal boots machines and needs root for that: run the command again with sudo.'],
  [{ hasApt: false }, 'The base image is built with apt, which this machine does not have: use Debian or Ubuntu.'],
  [{ hasOverlay: false }, 'The kernel has no overlay file system: load it with `modprobe overlay`.'],
  [
    { canWriteCgroups: false },
    'Control groups cannot be created below /sys/fs/cgroup: run the container, if this is one, as privileged.',
  ],
];

test('a suitable machine meets all requirements', (t) => {
  t.deepEqual(unmetRequirements(good), []);
  t.notThrows(() => assertPreconditions(good));
});

for (const [lacking, sentence] of sentences) {
  test(`a requirement is not met: ${JSON.stringify(lacking)}`, (t) => {
    t.deepEqual(unmetRequirements({ ...good, ...lacking }), [sentence]);
  });
}

test('on another system, Linux is the only requirement that is named', (t) => {
  t.deepEqual(unmetRequirements({ ...good, platform: 'darwin', userId: 501, hasApt: false }), [
    'The rehearsal boots Linux machines and this is darwin: use a Linux machine or virtual machine.',
  ]);
});

test('all unmet requirements are named, with an alternative', (t) => {
  const nothing = Object.assign({}, good, ...sentences.map(([lacking]) => lacking)) as Host;
  t.throws(() => assertPreconditions(nothing), {
    instanceOf: PreconditionError,
    message: [
      ...sentences.map(([, sentence]) => sentence),
      'To run the service alone, without machines or a cloud: make serve',
    ].join('\n'),
  });
});

test.serial('a program is the first executable file of its name on the PATH', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'path-'));
  const before = process.env.PATH;
  t.teardown(async () => {
    process.env.PATH = before;
    await rm(folder, { recursive: true });
  });
  await writeFile(join(folder, 'tool'), '#!/bin/sh\n');
  await writeFile(join(folder, 'text'), '');
  await chmod(join(folder, 'tool'), 0o755);
  process.env.PATH = `/nowhere::${folder}`;
  t.is(programPath('tool'), join(folder, 'tool'));
  t.is(programPath('text'), undefined);
  t.is(programPath('none'), undefined);
});
