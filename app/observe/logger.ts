import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Settings } from '../settings.ts';

/** A destination that gathers lines and writes them together; `flushSync` is for the end. */
export type LogDestination = DestinationStream & { flushSync(): void };

/** JSON lines on the standard output, gathered for at most a second. */
export function logDestination(): LogDestination {
  const destination = pino.destination({ fd: 1, sync: false, minLength: 4096, periodicFlush: 1000 });
  // Whoever read the log may be gone, for instance the other end of a pipe; that must not stop the service.
  destination.on('error', () => {});
  return destination;
}

/** The service's log: level names instead of numbers, ISO times. */
export function createLogger(level: Settings['log']['level'], destination: DestinationStream): Logger {
  const formatters = { level: (label: string) => ({ level: label }) };
  return pino({ level, base: null, timestamp: stdTimeFunctions.isoTime, formatters }, destination);
}
