import lancaster from 'natural/lib/natural/stemmers/lancaster_stemmer.js';
import porter from 'natural/lib/natural/stemmers/porter_stemmer.js';
import type { WordBlock } from './features.ts';

type Stem = (token: string) => string;

// Longer tokens are not words, and natural's patterns take quadratic time on them.
const longestWord = 40;

function ofWords(stem: Stem): Stem {
  return (token) => (token.length > longestWord ? token : stem(token));
}

const stemmers: Record<WordBlock['stemmer'], Stem> = {
  none: (token) => token,
  porter: ofWords((token) => porter.stem(token)),
  lancaster: ofWords((token) => lancaster.stem(token)),
};

/** Returns the function that reduces a token to its stem. natural's take microseconds per token. */
export function stemmerNamed(name: WordBlock['stemmer']): Stem {
  return stemmers[name];
}
