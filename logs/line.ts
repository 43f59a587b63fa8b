import type { LogUnit } from '../common/log-units.ts';

/** A log line. */
export interface LogLine {
  unit: LogUnit;
  /** When it was written, in milliseconds since 1970. */
  timestamp: number;
  message: string;
}

/** Lines of a source in their order, and the position behind them, where reading goes on once they are stored. */
export interface Chunk {
  lines: LogLine[];
  position: string;
}
