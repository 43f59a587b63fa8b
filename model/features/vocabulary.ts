/** The known features. `find` returns the index of a hash, or -1. */
export interface Vocabulary {
  readonly hashes: Int32Array;
  find(hash: number): number;
}

/** Indexes the hashes in their order, by open addressing in one array. */
export function createVocabulary(hashes: Int32Array): Vocabulary {
  const slots = slotsFor(hashes.length);
  const mask = slots - 1;
  const table = new Int32Array(slots * 2);
  hashes.forEach((hash, index) => {
    insert(table, mask, hash, index);
  });
  const find = (hash: number): number => {
    let slot = hash & mask;
    for (;;) {
      // The table holds index + 1, so that 0 marks an empty slot.
      const stored = table[slot * 2 + 1] as number;
      if (stored === 0) return -1;
      if (table[slot * 2] === hash) return stored - 1;
      slot = (slot + 1) & mask;
    }
  };
  return { hashes, find };
}

// At most half of the slots are full, so that the search for an unknown hash ends soon.
function slotsFor(size: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, size) * 2));
}

function insert(table: Int32Array, mask: number, hash: number, index: number): void {
  let slot = hash & mask;
  while (table[slot * 2 + 1] !== 0) slot = (slot + 1) & mask;
  table[slot * 2] = hash;
  table[slot * 2 + 1] = index + 1;
}
