import type { LogUnit } from '../../common/log-units.ts';
import type { Chunk } from '../line.ts';

/**
 * The lines of a source that were read and are not stored yet. What is behind them in the source is younger, so that the oldest
 * of them tells how far a source is behind.
 */
export class WaitingLines {
  #chunks: Chunk[] = [];

  enter(chunk: Chunk): void {
    this.#chunks.push(chunk);
  }

  /** Removes the chunks up to a position: they are stored. */
  leave(position: string): void {
    this.#chunks = this.#chunks.slice(this.#chunks.findIndex((chunk) => chunk.position === position) + 1);
  }

  /** Returns when the oldest line of a unit was written, in milliseconds since 1970; undefined when none waits. */
  oldest(unit: LogUnit): number | undefined {
    const timestamps = this.#chunks.flatMap(({ lines }) =>
      lines.filter((line) => line.unit === unit).map(({ timestamp }) => timestamp),
    );
    return timestamps.length > 0 ? Math.min(...timestamps) : undefined;
  }
}
