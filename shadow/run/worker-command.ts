import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../../common/parse-json.ts';
import { type ProgramStart, programStart } from '../../common/program-start.ts';
import { check, describeInvalid } from '../../common/validation.ts';
import type { WorkerPorts } from './settings.ts';

/** How a process is started. */
export interface WorkerCommand {
  file: string;
  parameters: string[];
  folder: string;
  environment: Record<string, string>;
}

// The rest belongs to the bootstrap inside the release, and may be of another format than this one.
const manifest = z.object({ start: programStart });

/** Reads how a release starts its worker. */
export async function readStart(folder: string): Promise<ProgramStart> {
  const path = join(folder, 'release.json');
  const { data, problems } = check(manifest, parseJson(await readFile(path, 'utf8')));
  if (data) return data.start;
  throw new Error(describeInvalid(`${path}: not a release's manifest:`, problems));
}

/** Returns the command of the worker of a release: as the release says, on loopback alone, without limits that are for clients. */
export function workerCommand(folder: string, start: ProgramStart, ports: WorkerPorts): WorkerCommand {
  const { runtime, options, program, environment } = start;
  return {
    file: join(folder, runtime),
    parameters: [...options, join(folder, program)],
    folder,
    environment: {
      ...environment,
      HOST: '127.0.0.1',
      PORT: String(ports.service),
      METRICS_PORT: String(ports.metrics),
      ARTIFACT: join(folder, 'artifact'),
      RATE_LIMIT_REQUESTS: '0',
      LOG_LEVEL: 'warn',
      DRAIN_SECONDS: '1',
    },
  };
}
