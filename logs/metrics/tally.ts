import { type LogUnit, logUnits } from '../../common/log-units.ts';
import type { WaitingLines } from './waiting-lines.ts';

/** Counts what was shipped since the start, in plain numbers. */
export class Tally {
  readonly #sources: readonly Pick<WaitingLines, 'oldest'>[];
  readonly #stored = new Map<LogUnit, number>(logUnits.map((unit) => [unit, 0]));
  #failedRequests = 0;

  constructor(sources: readonly Pick<WaitingLines, 'oldest'>[]) {
    this.#sources = sources;
  }

  stored(unit: LogUnit, lines: number): void {
    this.#stored.set(unit, (this.#stored.get(unit) ?? 0) + lines);
  }

  failed(): void {
    this.#failedRequests += 1;
  }

  /** Returns the metrics in Prometheus' text format; `now` is in milliseconds since 1970. */
  exposition(now: number): string {
    return [
      '# HELP intent_logs_shipped_lines_total Log lines that CloudWatch has stored',
      '# TYPE intent_logs_shipped_lines_total counter',
      ...logUnits.map((unit) => `intent_logs_shipped_lines_total{unit="${unit}"} ${this.#stored.get(unit)}`),
      '# HELP intent_logs_behind_seconds Age of the oldest log line that is not stored yet; 0 when all are',
      '# TYPE intent_logs_behind_seconds gauge',
      ...logUnits.map((unit) => `intent_logs_behind_seconds{unit="${unit}"} ${this.#behindSeconds(unit, now)}`),
      '# HELP intent_logs_failed_requests_total Requests that CloudWatch did not answer, or refused',
      '# TYPE intent_logs_failed_requests_total counter',
      `intent_logs_failed_requests_total ${this.#failedRequests}`,
      '',
    ].join('\n');
  }

  // A clock that was set back makes no line younger than now.
  #behindSeconds(unit: LogUnit, now: number): number {
    const oldest = this.#sources.flatMap((source) => source.oldest(unit) ?? []);
    return Math.max(0, ...oldest.map((timestamp) => (now - timestamp) / 1000));
  }
}
