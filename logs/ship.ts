import { collectGarbage } from './collect-garbage.ts';
import type { Chunk } from './line.ts';
import type { WaitingLines } from './metrics/waiting-lines.ts';
import type { PositionFile } from './position-file.ts';
import type { LogStore } from './store/log-store.ts';
import { type WindowLimits, windowsOf } from './window.ts';

export interface Shipment {
  /** The lines behind a position. */
  chunksFrom: (position: string | undefined) => AsyncIterable<Chunk>;
  position: Pick<PositionFile, 'read' | 'write'>;
  /** Is told what was read, and what of it is stored. */
  waiting: Pick<WaitingLines, 'enter' | 'leave'>;
  store: Pick<LogStore, 'put'>;
  limits: WindowLimits;
}

/** Stores the lines of a source, window after window; what is stored is never read again, unless this process is killed in between. */
export async function ship({ chunksFrom, position, waiting, store, limits }: Shipment): Promise<void> {
  const chunks = entering(chunksFrom(await position.read()), waiting);
  for await (const window of windowsOf(chunks, limits)) {
    await store.put(window.lines);
    await position.write(window.position);
    waiting.leave(window.position);
    collectGarbage();
  }
}

async function* entering(chunks: AsyncIterable<Chunk>, waiting: Shipment['waiting']): AsyncGenerator<Chunk> {
  for await (const chunk of chunks) {
    waiting.enter(chunk);
    yield chunk;
  }
}
