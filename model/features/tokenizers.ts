import AggressiveTokenizer from 'natural/lib/natural/tokenizers/aggressive_tokenizer.js';
import TreebankWordTokenizer from 'natural/lib/natural/tokenizers/treebank_word_tokenizer.js';
import type { Features } from './features.ts';

type Tokenize = (text: string) => string[];

const WORDS = /[\p{L}\p{M}\p{N}_]+/gu;
const WORDS_AND_MARKS = /[\p{L}\p{M}\p{N}_]+|\?+|!+|\p{Extended_Pictographic}/gu;

// Compatibility forms and case say nothing about intent: full-width, ligature and upper-case letters become plain ones.
const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

const byPattern =
  (pattern: RegExp): Tokenize =>
  (text) =>
    plain(text).match(pattern) ?? [];

const aggressive = new AggressiveTokenizer();
const treebank = new TreebankWordTokenizer();

const tokenizers: Record<Features['tokenizer'], Tokenize> = {
  words: byPattern(WORDS),
  'words-and-marks': byPattern(WORDS_AND_MARKS),
  aggressive: (text) => aggressive.tokenize(plain(text)),
  treebank: (text) => treebank.tokenize(plain(text)),
};

/** The function that cuts a text into lower-case tokens. */
export const tokenizerNamed = (name: Features['tokenizer']): Tokenize => tokenizers[name];
