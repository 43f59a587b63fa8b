import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createLogger } from '../../app/observe/logger.ts';

/** A log in memory. */
export interface MemoryLog {
  logger: Logger;
  lines: Record<string, unknown>[];
  /** Returns the values of some fields, line by line. */
  values: (...fields: string[]) => unknown[][];
  /** Waits for a number of lines. */
  hasLines: (count: number) => Promise<void>;
}

/** Creates a logger that keeps its lines. */
export function memoryLog(level: 'info' | 'debug' = 'info'): MemoryLog {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(chunk));
      done();
    },
  });
  const values = (...fields: string[]) => lines.map((line) => fields.map((field) => line[field]));
  const hasLines = async (count: number) => {
    while (lines.length < count) await sleep(5);
  };
  return { logger: createLogger(level, stream), lines, values, hasLines };
}
