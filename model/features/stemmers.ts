import lancaster from 'natural/lib/natural/stemmers/lancaster_stemmer.js';
import porter from 'natural/lib/natural/stemmers/porter_stemmer.js';
import type { WordBlock } from './features.ts';

type Stem = (token: string) => string;

// Longer tokens are no words: their stem says nothing, and natural's patterns take quadratic time on them.
const LONGEST_WORD = 40;

// natural's stemmers take microseconds a word, and most words come again; bounded, since strangers choose the words.
const MEMORY = 20_000;

/** The same stemmer, remembering the words it has seen. */
export function remembering(stem: Stem): Stem {
  const seen = new Map<string, string>();
  return (token) => {
    const known = seen.get(token);
    if (known !== undefined) return known;
    if (token.length > LONGEST_WORD) return token;
    if (seen.size >= MEMORY) seen.clear();
    const stemmed = stem(token);
    seen.set(token, stemmed);
    return stemmed;
  };
}

const stemmers: Record<WordBlock['stemmer'], Stem> = {
  none: (token) => token,
  porter: remembering((token) => porter.stem(token)),
  lancaster: remembering((token) => lancaster.stem(token)),
};

/** The function that reduces a token to its stem. */
export const stemmerNamed = (name: WordBlock['stemmer']): Stem => stemmers[name];
