import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { debianImage } from './images.ts';

/** A fixed port, in the rehearsal's own network namespace. */
export const motoPort = 5000;

const startTimeoutMilliseconds = 60_000;

/** Starts moto, the emulator of AWS's API; resolves when it answers. */
export async function startMoto(program: string, folder: string, port = motoPort): Promise<ChildProcess> {
  const images = join(folder, 'images.json');
  await writeFile(images, JSON.stringify([debianImage]));
  const logFile = join(folder, 'moto.log');
  const log = openSync(logFile, 'w');
  const moto = spawn(program, ['--host', '127.0.0.1', '--port', String(port)], {
    stdio: ['ignore', log, log],
    env: {
      ...process.env,
      PYTHONPATH: join(import.meta.dirname, 'mends'),
      MOTO_AMIS_PATH: images,
      MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
      MOTO_ACM_VALIDATION_WAIT: '1',
    },
  });
  closeSync(log);
  await once(moto, 'spawn');
  await untilItAnswers(moto, port, logFile);
  return moto;
}

async function untilItAnswers(moto: ChildProcess, port: number, log: string): Promise<void> {
  const deadline = Date.now() + startTimeoutMilliseconds;
  while (Date.now() < deadline) {
    const end = moto.exitCode ?? moto.signalCode;
    if (end !== null) throw new Error(`moto ended with ${end} instead of starting; see ${log}`);
    const response = await fetch(`http://127.0.0.1:${port}/moto-api/`).catch(() => undefined);
    if (response?.ok) return;
    await delay(100);
  }
  throw new Error(`moto did not answer within ${startTimeoutMilliseconds / 1000} s; see ${log}`);
}
