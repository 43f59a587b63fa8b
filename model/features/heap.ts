/** Numbers of which the smallest comes first: a binary heap. */
export class Heap {
  readonly #values: number[] = [];

  /** Adds a number, in logarithmic time. */
  push(value: number): void {
    const values = this.#values;
    let at = values.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((values[parent] as number) <= value) break;
      values[at] = values[parent] as number;
      at = parent;
    }
    values[at] = value;
  }

  /** Removes the smallest number, in logarithmic time, and returns it; undefined when none is left. */
  pop(): number | undefined {
    const values = this.#values;
    const [smallest, last] = [values[0], values.pop()];
    if (last === undefined || values.length === 0) return smallest;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= values.length) break;
      const right = left + 1;
      const child = right < values.length && (values[right] as number) < (values[left] as number) ? right : left;
      if ((values[child] as number) >= last) break;
      values[at] = values[child] as number;
      at = child;
    }
    values[at] = last;
    return smallest;
  }
}
