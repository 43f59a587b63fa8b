const smallestSlots = 1 << 10;

/**
 * Counts in how many texts each hash occurs, by open addressing in three arrays: a Map of millions of numbers takes many
 * times their memory, and ends at 16 million.
 */
export class TextCounts {
  #hashes = new Int32Array(smallestSlots);
  /** 0 marks an empty slot. */
  #counts = new Int32Array(smallestSlots);
  #lastTexts = new Int32Array(smallestSlots);
  #size = 0;

  /** Counts a hash, once for each text. */
  add(hash: number, text: number): void {
    const slot = this.#slotOf(hash);
    const count = this.#counts[slot] as number;
    if (count > 0 && this.#lastTexts[slot] === text) return;
    this.#hashes[slot] = hash;
    this.#lastTexts[slot] = text;
    this.#counts[slot] = count + 1;
    if (count > 0) return;
    this.#size += 1;
    if (2 * this.#size > this.#hashes.length) this.#grow();
  }

  /** Returns the hashes that occur in enough texts, in their order, and in how many each does. */
  frequent(minimum: number): { hashes: Int32Array; counts: Int32Array } {
    const hashes = this.#hashes.filter((_, slot) => (this.#counts[slot] as number) >= minimum).sort();
    return { hashes, counts: hashes.map((hash) => this.#counts[this.#slotOf(hash)] as number) };
  }

  #slotOf(hash: number): number {
    const mask = this.#hashes.length - 1;
    let slot = hash & mask;
    while (this.#counts[slot] !== 0 && this.#hashes[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [hashes, counts, lastTexts] = [this.#hashes, this.#counts, this.#lastTexts];
    const slots = 2 * hashes.length;
    this.#hashes = new Int32Array(slots);
    this.#counts = new Int32Array(slots);
    this.#lastTexts = new Int32Array(slots);
    for (let old = 0; old < hashes.length; old += 1) {
      if (counts[old] === 0) continue;
      const slot = this.#slotOf(hashes[old] as number);
      this.#hashes[slot] = hashes[old] as number;
      this.#counts[slot] = counts[old] as number;
      this.#lastTexts[slot] = lastTexts[old] as number;
    }
  }
}
