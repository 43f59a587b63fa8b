import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { endProcess } from '../../../common/processes.ts';
import { machineCommand } from '../../../rehearsal/machines/command.ts';
import { diskMount, withoutDisk } from '../../../rehearsal/machines/disk.ts';
import { type MachineHost, NspawnMachine } from '../../../rehearsal/machines/nspawn-machine.ts';
import { machineNetwork, withoutMachineNetwork } from '../../../rehearsal/network/commands.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { ManualClock } from '../manual-clock.ts';

// Ends with its child, as systemd-nspawn does with the first process of a container, and by SIGTERM.
const container = 'sleep 60 & echo ready; wait $!';
const stubbornContainer = "trap '' TERM; echo ready; while :; do sleep 60; done";

/** A host that records its operations; its machines are the processes of a shell. */
async function testHost(t: ExecutionContext, { script = container, failing = '' } = {}) {
  const folder = await temporaryFolder(t);
  const processes: ChildProcess[] = [];
  const operations: unknown[] = [];
  const record = (operation: unknown[]) => {
    operations.push(operation);
    if (operation.flat(2).includes(failing)) throw new Error(`${failing} failed`);
  };
  const clock = new ManualClock();
  const host: MachineHost = {
    folder: join(folder, 'machines'),
    memoryBytes: 2 ** 35,
    run: async (commands) => record(['run', ...commands]),
    createGroups: async (name, bytes) => record(['create groups', name, bytes]),
    removeGroups: async (name) => record(['remove groups', name]),
    start: (command, console) => {
      record(['start', command, console]);
      const started = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
      t.teardown(() => {
        if (started.pid) endProcess(-started.pid);
      });
      processes.push(started);
      return started;
    },
    clock,
  };
  const records = join(folder, 'records/i-1');
  const network = { address: '10.20.0.5', cidr: '10.20.0.0/16' };
  const props = {
    id: 'i-1',
    ...network,
    diskGigabytes: 3,
    memoryMebibytes: 2048,
    image: '/image',
    cgroup: 'fleet',
    records,
  };
  return { host, operations, props, clock, processes, folder: join(folder, 'machines/i-1') };
}

const removalOf = (folder: string) => [
  ['remove groups', 'fleet/i-1'],
  ['run', ...withoutMachineNetwork('i-1')],
  ['run', withoutDisk(folder)],
];

test('a machine gets its disk, root file system, network and control groups before it starts', async (t) => {
  const { host, operations, props, folder } = await testHost(t);
  const machine = await NspawnMachine.boot(props, host);
  t.is(machine.root, `${folder}/root`);
  const options = `lowerdir=/image,upperdir=${folder}/upper,workdir=${folder}/work`;
  const command = machineCommand('i-1', machine.root, 'fleet/i-1');
  t.deepEqual(operations, [
    ['run', diskMount(folder, 3, 2 ** 35)],
    ['run', ['mount', '-t', 'overlay', 'overlay', '-o', options, machine.root]],
    ['run', ...machineNetwork('i-1', '10.20.0.5', '10.20.0.0/16')],
    ['create groups', 'fleet/i-1', 2 ** 31],
    ['start', command, join(props.records, 'console.log')],
  ]);
  t.deepEqual(await readdir(folder), ['root', 'upper', 'work']);
  t.true(existsSync(props.records));
});

for (const failing of ['route', 'netns']) {
  test(`a boot that fails at ${failing} removes what it has made, as far as it exists`, async (t) => {
    const { host, operations, props, folder } = await testHost(t, { failing });
    await t.throwsAsync(NspawnMachine.boot(props, host), { message: `${failing} failed` });
    t.deepEqual(operations.slice(3), removalOf(folder));
    t.false(existsSync(folder));
  });
}

test('a machine is shut down by SIGTERM and removed, and its logs are kept', async (t) => {
  const { host, operations, props, folder, processes } = await testHost(t);
  const machine = await NspawnMachine.boot(props, host);
  await mkdir(join(machine.root, 'var/log/nginx'), { recursive: true });
  await writeFile(join(machine.root, 'var/log/nginx/error.log'), 'the last words\n');
  await machine.powerOff();
  t.is(processes[0]?.signalCode, 'SIGTERM');
  t.deepEqual(operations.slice(5), [['remove groups', 'fleet/i-1'], ...removalOf(folder)]);
  t.false(existsSync(folder));
  t.is(await readFile(join(props.records, 'log/nginx/error.log'), 'utf8'), 'the last words\n');
});

test('a machine that does not shut down is removed after 15 seconds', async (t) => {
  const { host, operations, props, clock, processes } = await testHost(t, { script: stubbornContainer });
  const machine = await NspawnMachine.boot(props, host);
  const [started] = processes;
  if (!started?.stdout) return t.fail('expected a process');
  await once(started.stdout, 'data');
  const poweringOff = machine.powerOff();
  await clock.advance(14_999);
  t.is(operations.length, 5);
  await clock.advance(1);
  await poweringOff;
  t.deepEqual(operations[5], ['remove groups', 'fleet/i-1']);
});

test("a crash kills the machine's first process, and the end of the machine is reported", async (t) => {
  const { host, props, processes } = await testHost(t);
  const machine = await NspawnMachine.boot(props, host);
  const [started] = processes;
  if (!started?.stdout) return t.fail('expected a process');
  await once(started.stdout, 'data');
  const ended = new Promise<void>((resolve) => machine.onEnd(resolve));
  await machine.crash();
  await ended;
  t.deepEqual([started.signalCode, started.exitCode], [null, 137]);
});
