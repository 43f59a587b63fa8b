/** How a line looks: three ways to tell it from the others, two of which need no colour. */
export interface Look {
  /** The index of one of the page's eight colours. */
  colour: number;
  /** Lengths of dashes and gaps in pixels; empty is a whole line. */
  dash: readonly number[];
  symbol: 'circle' | 'triangle' | 'rect' | 'diamond';
}

export const colourCount = 8;

const dashes: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [9, 3, 2, 3]];
const symbols = ['circle', 'triangle', 'rect', 'diamond'] as const;

/** Returns the look of the nth line; the first 16 differ without colour, too. */
export function lookOf(index: number): Look {
  const round = Math.floor(index / dashes.length);
  return {
    colour: index % colourCount,
    dash: dashes[index % dashes.length] as readonly number[],
    symbol: symbols[(index + round) % symbols.length] as Look['symbol'],
  };
}

/** Gives each name its look, and keeps it while others come and go. */
export class Looks {
  readonly #indices = new Map<string, number>();

  of(name: string): Look {
    const index = this.#indices.get(name) ?? this.#indices.size;
    this.#indices.set(name, index);
    return lookOf(index);
  }
}
