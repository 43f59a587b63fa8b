import { finish } from './hash.ts';
import { Heap } from './heap.ts';
import type { Pieces } from './pieces.ts';
import { createVocabulary } from './vocabulary.ts';

/** Merges the neighbours in a list of ids until no merge is left. */
type Merge = (ids: readonly number[]) => Int32Array;

const removed = -1;

/**
 * Creates the function that merges neighbours, the earliest merge of the vocabulary first and, of equal ones, the leftmost.
 * A heap of the possible merges keeps the time of long words far from quadratic, because clients choose the words.
 */
export function createMerger({ names, merges }: Pieces): Merge {
  // The finalizer maps no two pairs to the same hash, and a pair fits 32 bits, since there are fewer than 65,536 pieces.
  const pair = (left: number, right: number): number => finish(left * names.length + right);
  const count = merges.length / 3;
  const hashes = Int32Array.from({ length: count }, (_, at) =>
    pair(merges[3 * at] as number, merges[3 * at + 1] as number),
  );
  const { find } = createVocabulary(hashes);
  const rankOf = (left: number, right: number): number => find(pair(left, right));
  return (ids) => mergeAll(Int32Array.from(ids), rankOf, merges);
}

function mergeAll(ids: Int32Array, rankOf: (left: number, right: number) => number, merges: Int32Array): Int32Array {
  const chain = linked(ids.length);
  const heap = new Heap();
  const offer = (left: number, right: number): void => {
    if (left < 0 || right >= ids.length) return;
    const rank = rankOf(ids[left] as number, ids[right] as number);
    if (rank >= 0) heap.push(rank * ids.length + left);
  };
  for (let at = 1; at < ids.length; at += 1) offer(at - 1, at);
  for (let first = heap.pop(); first !== undefined; first = heap.pop()) {
    const [rank, left] = [Math.floor(first / ids.length), first % ids.length];
    const right = chain.next[left] as number;
    // An earlier merge may have changed one of the two.
    if (right >= ids.length || ids[left] === removed) continue;
    if (rankOf(ids[left] as number, ids[right] as number) !== rank) continue;
    ids[left] = merges[3 * rank + 2] as number;
    ids[right] = removed;
    unlink(chain, left, right);
    offer(chain.previous[left] as number, left);
    offer(left, chain.next[left] as number);
  }
  return ids.filter((id) => id !== removed);
}

interface Chain {
  /** The place before each place, or -1. */
  readonly previous: Int32Array;
  /** The place after each place, or the number of places. */
  readonly next: Int32Array;
}

function linked(length: number): Chain {
  return {
    previous: Int32Array.from({ length }, (_, at) => at - 1),
    next: Int32Array.from({ length }, (_, at) => at + 1),
  };
}

function unlink({ previous, next }: Chain, left: number, right: number): void {
  const after = next[right] as number;
  next[left] = after;
  if (after < next.length) previous[after] = left;
}
