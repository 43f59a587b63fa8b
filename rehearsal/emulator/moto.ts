import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { debianImage } from './images.ts';

/** A fixed port, in the rehearsal's own network namespace. */
export const motoPort = 5000;

const startTimeoutMilliseconds = 60_000;

/** Starts moto, the emulator of AWS's API; resolves when it answers. */
export async function startMoto(program: string, folder: string): Promise<ChildProcess> {
  const images = join(folder, 'images.json');
  await writeFile(images, JSON.stringify([debianImage]));
  const log = openSync(join(folder, 'moto.log'), 'w');
  const moto = spawn(program, ['--host', '127.0.0.1', '--port', String(motoPort)], {
    stdio: ['ignore', log, log],
    env: {
      ...process.env,
      MOTO_AMIS_PATH: images,
      MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
      MOTO_ACM_VALIDATION_WAIT: '1',
    },
  });
  await untilItAnswers(moto, join(folder, 'moto.log'));
  return moto;
}

async function untilItAnswers(moto: ChildProcess, log: string): Promise<void> {
  const deadline = Date.now() + startTimeoutMilliseconds;
  while (Date.now() < deadline) {
    if (moto.exitCode !== null) throw new Error(`moto ended with ${moto.exitCode} instead of starting; see ${log}`);
    const response = await fetch(`http://127.0.0.1:${motoPort}/moto-api/`).catch(() => undefined);
    if (response?.ok) return;
    await delay(100);
  }
  throw new Error(`moto did not answer within ${startTimeoutMilliseconds / 1000} s; see ${log}`);
}
