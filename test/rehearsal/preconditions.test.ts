import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import {
  assertPreconditions,
  type Host,
  PreconditionError,
  programPath,
  unmetRequirements,
} from '../../rehearsal/preconditions.ts';
import { addProgram } from '../support/programs.ts';

const good: Host = {
  platform: 'linux',
  architecture: 'x64',
  userId: 0,
  hasApt: true,
  hasOverlay: true,
  canWriteCgroups: true,
};

const requirements: [lacking: Partial<Host>, sentence: string][] = [
  [{ architecture: 'arm64' }, "The rehearsal's images are for x64 and this is arm64: use an x64 machine."],
  [{ userId: 1000 }, 'The rehearsal boots machines and needs root for that: run the command again with sudo.'],
  [{ hasApt: false }, 'The base image is built with apt, which this machine does not have: use Debian or Ubuntu.'],
  [{ hasOverlay: false }, 'The kernel has no overlay file system: load it with `modprobe overlay`.'],
  [
    { canWriteCgroups: false },
    'Control groups cannot be created below /sys/fs/cgroup: run the container, if this is one, as privileged.',
  ],
];

test('a machine is suitable, or each unmet requirement is named', (t) => {
  t.deepEqual(unmetRequirements(good), []);
  t.notThrows(() => assertPreconditions(good));
  t.deepEqual(unmetRequirements({ ...good, platform: 'darwin', userId: 501, hasApt: false }), [
    'The rehearsal boots Linux machines and this is darwin: use a Linux machine or virtual machine.',
  ]);
  for (const [lacking, sentence] of requirements) t.deepEqual(unmetRequirements({ ...good, ...lacking }), [sentence]);
});

test('all unmet requirements are listed, with an alternative', (t) => {
  const nothing = Object.assign({}, good, ...requirements.map(([lacking]) => lacking)) as Host;
  const sentences = requirements.map(([, sentence]) => sentence);
  const alternative = 'To run the service alone, without machines or a cloud: make serve';
  const message = [...sentences, alternative].join('\n');
  t.throws(() => assertPreconditions(nothing), { instanceOf: PreconditionError, message });
});

test('a program is the first executable file of its name on the PATH', async (t) => {
  const folder = await addProgram(t, 'sh', '');
  await writeFile(join(folder, 'text'), '');
  t.is(programPath('sh'), join(folder, 'sh'));
  t.is(programPath('text'), undefined);
  t.is(programPath('none'), undefined);
});
