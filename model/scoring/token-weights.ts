import { plain } from '../features/tokenizers.ts';
import type { WordContribution } from '../prediction.ts';
import type { StoredMember } from './model.ts';
import type { PlacedToken, TextVectors } from './text-vectors.ts';
import { weightAboveAverage, weightAt } from './weights.ts';

/** One occurrence of a token, and how far it moved the score. */
export interface TokenWeight extends PlacedToken {
  readonly name: string;
  readonly weight: number;
}

interface Explained {
  readonly text: string;
  /** The class that is explained. */
  readonly label: number;
  /** What each member's score is multiplied by. */
  readonly factors: readonly number[];
}

/**
 * Returns how far each token of a text moved a class, compared with the average class, in the same units as features. The length
 * of the sum of the tokens' vectors is held fixed, which makes the score linear.
 */
export function tokenWeights(
  members: readonly StoredMember[],
  { tokenVectors, columns, read }: TextVectors,
  { text, label, factors }: Explained,
): TokenWeight[] {
  const direction = new Float64Array(columns);
  members.forEach((member, index) => {
    if (member.kind !== 'vector') return;
    for (let column = 0; column < columns; column += 1) {
      const weight = weightAboveAverage(member.rows, member.bias.length, column, label);
      direction[column] = (direction[column] as number) + (factors[index] as number) * weight;
    }
  });
  const { tokens, scale } = read(text);
  return tokens.map((token) => {
    const along = direction.reduce(
      (sum, part, column) => sum + part * weightAt(tokenVectors.rows, columns, token.id, column),
      0,
    );
    return { ...token, name: tokenVectors.pieces.names[token.id] as string, weight: along * scale };
  });
}

/** Returns the words that lie inside each token's word. Words are found in the plain text, one after another. */
export function wordsOfToken(
  words: readonly WordContribution[],
  tokens: readonly PlacedToken[],
  text: string,
): WordContribution[][] {
  const read = plain(text);
  let next = 0;
  const placed = words.map((word) => {
    const start = read.indexOf(word.word, next);
    if (start >= 0) next = start + word.word.length;
    return { word, start, end: start + word.word.length };
  });
  return tokens.map(({ start, end }) =>
    placed.filter((place) => place.start >= 0 && place.start < end && place.end > start).map(({ word }) => word),
  );
}
