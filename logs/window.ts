import { setTimeout as sleep } from 'node:timers/promises';
import type { Chunk } from './line.ts';

export interface WindowLimits {
  /** Characters of messages after which a window is complete. */
  characters: number;
  /** Time after its first line in which a window is complete. */
  milliseconds: number;
}

/** Gathers chunks into windows, which are stored one after another: while one is, at most one chunk is read ahead. */
export async function* windowsOf(chunks: AsyncIterable<Chunk>, limits: WindowLimits): AsyncGenerator<Chunk> {
  const iterator = chunks[Symbol.asyncIterator]();
  let next = iterator.next();
  for (;;) {
    const first = await next;
    if (first.done) return;
    next = iterator.next();
    const window = { lines: [...first.value.lines], position: first.value.position };
    let characters = charactersOf(first.value);
    const time = new AbortController();
    const end = sleep(limits.milliseconds, undefined, { signal: time.signal }).catch(() => undefined);
    while (characters < limits.characters) {
      const more = await Promise.race([next, end]);
      if (!more || more.done) break;
      next = iterator.next();
      for (const line of more.value.lines) window.lines.push(line);
      window.position = more.value.position;
      characters += charactersOf(more.value);
    }
    time.abort();
    yield window;
  }
}

function charactersOf({ lines }: Chunk): number {
  return lines.reduce((sum, { message }) => sum + message.length, 0);
}
