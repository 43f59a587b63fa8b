import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { imageList } from './images.ts';

/** Inside the rehearsal's network namespace, where nobody else is. */
export const motoPort = 5000;

const patienceMilliseconds = 60_000;

/** Starts moto, the emulator of AWS's API, and waits until it answers. It keeps all it knows in memory. */
export async function startMoto(program: string, folder: string): Promise<ChildProcess> {
  const images = join(folder, 'images.json');
  await writeFile(images, JSON.stringify(imageList()));
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
  const deadline = Date.now() + patienceMilliseconds;
  while (Date.now() < deadline) {
    if (moto.exitCode !== null) throw new Error(`moto ended with ${moto.exitCode} instead of starting; see ${log}`);
    if (await answers()) return;
    await delay(100);
  }
  throw new Error(`moto did not answer within ${patienceMilliseconds / 1000} s; see ${log}`);
}

async function answers(): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${motoPort}/moto-api/`)).ok;
  } catch {
    return false;
  }
}
