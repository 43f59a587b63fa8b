import { finish, hashToken, mix, salt } from './hash.ts';

/** Called for each n-gram with its hash, its first token, its first character in that token and its length. */
export type Visit = (hash: number, token: number, start: number, length: number) => void;

/** The lengths of the shortest and the longest n-gram. */
export type Lengths = readonly [number, number];

const space = 32;
const startOfText = hashToken('\u0002');
const endOfText = hashToken('\u0003');

/** Visits each run of words, given by their hashes; runs of two or more may include the start or the end of the text. */
export function visitWords(words: readonly number[], block: number, lengths: Lengths, visit: Visit): void {
  const hashes = [startOfText, ...words, endOfText];
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

/** Visits each run of characters in a token; its start and its end count as a space. */
export function visitCharacters(text: string, token: number, block: number, lengths: Lengths, visit: Visit): void {
  const start = salt(block, 0);
  const [shortest, longest] = lengths;
  const end = text.length + 2;
  for (let first = 0; first < end; first += 1) {
    let hash = start;
    const most = Math.min(longest, end - first);
    for (let length = 1; length <= most; length += 1) {
      const at = first + length - 2;
      hash = mix(hash, at < 0 || at >= text.length ? space : text.charCodeAt(at));
      if (length >= shortest) visit(finish(hash), token, first, length);
    }
  }
}

/** Returns the text of a word n-gram; the start and the end of the text are written ‹ and ›. */
export function wordsAt(tokens: string[], token: number, length: number): string {
  const run = Array.from({ length }, (_, offset) => token + offset);
  return run.map((at) => (at < 0 ? '‹' : (tokens[at] ?? '›'))).join(' ');
}

/** Returns the text of a character n-gram; the start and the end of the word are written as a middle dot. */
export function charactersAt(text: string, start: number, length: number): string {
  return `·${text}·`.slice(start, start + length);
}
