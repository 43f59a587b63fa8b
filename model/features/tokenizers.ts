import AggressiveTokenizer from 'natural/lib/natural/tokenizers/aggressive_tokenizer.js';
import TreebankWordTokenizer from 'natural/lib/natural/tokenizers/treebank_word_tokenizer.js';
import type { Features } from './features.ts';

type Tokenize = (text: string) => string[];

const words = /[\p{L}\p{M}\p{N}_]+/gu;
const wordsAndMarks = /[\p{L}\p{M}\p{N}_]+|\?+|!+|\p{Extended_Pictographic}/gu;

/** Compatibility forms and case carry no intent: full-width letters, ligatures and capitals become plain letters. */
export function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function byPattern(pattern: RegExp): Tokenize {
  return (text) => plain(text).match(pattern) ?? [];
}

const aggressive = new AggressiveTokenizer();
const treebank = new TreebankWordTokenizer();

const tokenizers: Record<Features['tokenizer'], Tokenize> = {
  words: byPattern(words),
  'words-and-marks': byPattern(wordsAndMarks),
  aggressive: (text) => aggressive.tokenize(plain(text)),
  treebank: (text) => treebank.tokenize(plain(text)),
};

/** Returns the function that splits a text into lower-case tokens. */
export function tokenizerNamed(name: Features['tokenizer']): Tokenize {
  return tokenizers[name];
}
