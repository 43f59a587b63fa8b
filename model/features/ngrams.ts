import { finish, hashToken, mix, salt } from './hash.ts';

/** Called for each n-gram: its hash, and where it is (first token or character, and how many). */
export type Visit = (hash: number, token: number, start: number, length: number) => void;

/** The shortest and the longest n-gram. */
export type Lengths = readonly [number, number];

const SPACE = 32;
const START = hashToken('\u0002');
const END = hashToken('\u0003');

/** Visits each run of `lengths` words, given by their hashes; runs of two and more may start or end at the edge of the text. */
export function visitWords(words: readonly number[], block: number, lengths: Lengths, visit: Visit): void {
  const hashes = [START, ...words, END];
  const [shortest, longest] = lengths;
  for (let first = 0; first < hashes.length; first += 1) {
    const most = Math.min(longest, hashes.length - first);
    for (let length = shortest; length <= most; length += 1) {
      if (length === 1 && (first === 0 || first === hashes.length - 1)) continue;
      visit(hashRun(hashes, first, length, salt(block, length)), first - 1, 0, length);
    }
  }
}

function hashRun(hashes: number[], first: number, length: number, start: number): number {
  let hash = start;
  for (let at = first; at < first + length; at += 1) hash = mix(hash, hashes[at] as number);
  return finish(hash);
}

/** Visits each run of `lengths` characters inside a token, whose two edges count as a space. */
export function visitCharacters(text: string, token: number, block: number, lengths: Lengths, visit: Visit): void {
  const start = salt(block, 0);
  const [shortest, longest] = lengths;
  const end = text.length + 2;
  for (let first = 0; first < end; first += 1) {
    let hash = start;
    const most = Math.min(longest, end - first);
    for (let length = 1; length <= most; length += 1) {
      const at = first + length - 2;
      hash = mix(hash, at < 0 || at >= text.length ? SPACE : text.charCodeAt(at));
      if (length >= shortest) visit(finish(hash), token, first, length);
    }
  }
}

/** The text of a visited word n-gram; the edges of the text read as ‹ and ›. */
export function wordsAt(tokens: string[], token: number, length: number): string {
  const run = Array.from({ length }, (_, offset) => token + offset);
  return run.map((at) => (at < 0 ? '‹' : (tokens[at] ?? '›'))).join(' ');
}

/** The text of a visited character n-gram; the edges of the word read as a middle dot. */
export function charactersAt(text: string, start: number, length: number): string {
  return `·${text}·`.slice(start, start + length);
}
