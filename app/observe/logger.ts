import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import type { ServiceSettings } from '../settings.ts';

/** Creates the service's logger: level names instead of numbers, ISO times. */
export function createLogger(level: ServiceSettings['log']['level'], destination: DestinationStream): Logger {
  const formatters = { level: (label: string) => ({ level: label }) };
  return pino({ level, base: null, timestamp: stdTimeFunctions.isoTime, formatters }, destination);
}
