import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ServiceProcess } from './process.ts';
import { ownArtifact } from './service.ts';

// Node cannot receive Unix datagrams. The barrier that systemd-notify waits for is a file descriptor in the message, which is
// closed when the message has been read.
const receiver = `
import array, os, socket, sys
server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
server.bind(sys.argv[1])
print('bound', flush=True)
while True:
    data, ancillary, _, _ = server.recvmsg(4096, socket.CMSG_SPACE(64))
    for level, kind, bytes_ in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            for descriptor in array.array('i', bytes_):
                os.close(descriptor)
    print(data.decode().replace(chr(10), '|'), flush=True)
`;

async function startReceiver(t: ExecutionContext) {
  const path = join(await temporaryFolder(t), 'notify');
  const child = spawn('python3', ['-c', receiver, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.teardown(() => child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value as string;
  t.is(await next(), 'bound');
  // The barrier is a message of its own.
  const message = async () => {
    for (;;) {
      const line = await next();
      if (!line.startsWith('BARRIER=1')) return line.replace(/\|$/, '');
    }
  };
  return { path, message };
}

test('notifies systemd of the start, reloads, the watchdog and the stop', async (t) => {
  const { path, message } = await startReceiver(t);
  const watchdog = { WATCHDOG_USEC: '2000000' };
  const service = new ServiceProcess(t, { ARTIFACT: await ownArtifact(t), NOTIFY_SOCKET: path, ...watchdog });
  const ready = await message();
  t.regex(ready, /^READY=1\|STATUS=Serving model [0-9a-f]{12} on port \d+$/);
  const start = performance.now();
  t.deepEqual([await message(), await message()], ['WATCHDOG=1', 'WATCHDOG=1']);
  t.true(performance.now() - start < 3500, 'two messages in each interval of the watchdog');
  service.child.kill('SIGHUP');
  const reload = [await message(), await message(), await message()].filter((line) => line !== 'WATCHDOG=1');
  t.deepEqual(reload.slice(0, 2), ['RELOADING=1', ready]);
  t.is((await service.line('reloaded')).what, 'model');
  service.child.kill('SIGTERM');
  let last = await message();
  while (last === 'WATCHDOG=1') last = await message();
  t.is(last, 'STOPPING=1');
  t.is(await service.end(), 0);
});

test("does not feed another process's watchdog", async (t) => {
  const { path, message } = await startReceiver(t);
  const watchdog = { WATCHDOG_USEC: '200000', WATCHDOG_PID: '1' };
  const service = new ServiceProcess(t, { ARTIFACT: await ownArtifact(t), NOTIFY_SOCKET: path, ...watchdog });
  t.regex(await message(), /^READY=1/);
  await sleep(500);
  service.child.kill('SIGTERM');
  t.is(await message(), 'STOPPING=1');
});

test('sends nothing without systemd', async (t) => {
  const service = new ServiceProcess(t, { ARTIFACT: await ownArtifact(t), WATCHDOG_USEC: '1000000' });
  await service.url();
  t.is(await service.stop(), 0);
  const messages = service.lines.map(({ msg }) => msg);
  t.deepEqual(messages, ['ready', 'stopping', 'stopped']);
});

test('a missing notify socket is a warning, and the service serves', async (t) => {
  const gone = join(await temporaryFolder(t), 'gone');
  const service = new ServiceProcess(t, { ARTIFACT: await ownArtifact(t), NOTIFY_SOCKET: gone });
  const url = await service.url();
  t.is((await service.line('systemd was not notified; is systemd-notify installed?')).level, 'warn');
  t.is((await fetch(`${url}/health`)).status, 200);
});
