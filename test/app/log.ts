import { Writable } from 'node:stream';
import type { Logger } from 'pino';
import { createLogger } from '../../app/observe/logger.ts';

/** A logger whose lines are kept. */
export function memoryLog(level: 'info' | 'debug' = 'info'): { lines: Record<string, unknown>[]; logger: Logger } {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(chunk));
      done();
    },
  });
  return { lines, logger: createLogger(level, stream) };
}
