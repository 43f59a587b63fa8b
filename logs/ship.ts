import type { Chunk } from './line.ts';
import type { PositionFile } from './position-file.ts';
import type { LogStore } from './store/log-store.ts';
import { type WindowLimits, windowsOf } from './window.ts';

export interface Shipment {
  /** The lines behind a position. */
  chunksFrom: (position: string | undefined) => AsyncIterable<Chunk>;
  position: Pick<PositionFile, 'read' | 'write'>;
  store: Pick<LogStore, 'put'>;
  limits: WindowLimits;
}

/** Stores the lines of a source, window after window; what is stored is never read again, unless this process is killed in between. */
export async function ship({ chunksFrom, position, store, limits }: Shipment): Promise<void> {
  for await (const window of windowsOf(chunksFrom(await position.read()), limits)) {
    await store.put(window.lines);
    await position.write(window.position);
  }
}
