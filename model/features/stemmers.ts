import lancaster from 'natural/lib/natural/stemmers/lancaster_stemmer.js';
import porter from 'natural/lib/natural/stemmers/porter_stemmer.js';
import type { WordBlock } from './features.ts';

type Stem = (token: string) => string;

// The stem of a longer token says nothing, and natural's patterns take quadratic time on it.
const LONGEST_WORD = 40;

const ofWords =
  (stem: Stem): Stem =>
  (token) =>
    token.length > LONGEST_WORD ? token : stem(token);

const stemmers: Record<WordBlock['stemmer'], Stem> = {
  none: (token) => token,
  porter: ofWords((token) => porter.stem(token)),
  lancaster: ofWords((token) => lancaster.stem(token)),
};

/** The function that reduces a token to its stem; natural's take microseconds for each. */
export const stemmerNamed = (name: WordBlock['stemmer']): Stem => stemmers[name];
