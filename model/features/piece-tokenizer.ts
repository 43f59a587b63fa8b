import { memoize } from './memoize.ts';
import { createMerger } from './merge-pieces.ts';
import type { Pieces } from './pieces.ts';

/** Called for each word, with the ids of its pieces, and where it begins (at the space before it) and ends in the text. */
type Visit = (ids: Int32Array, start: number, end: number) => void;

/** Visits the pieces of a text. */
export type VisitPieces = (text: string, visit: Visit) => void;

const markOfSpace = '▁';

/**
 * Creates the function that splits texts as the tokenizer of Llama 2 does: at special pieces first; then each part with a space
 * before it into characters, or the bytes of those that are no piece; then neighbours are merged, the earliest merge first.
 * No piece has a space after another character, so that words are split for themselves. Lone surrogates become U+FFFD.
 */
export function createPieceTokenizer(pieces: Pieces): VisitPieces {
  const ids = new Map(pieces.names.map((name, id) => [name, id]));
  const specials = new Map(pieces.special.map((id) => [pieces.names[id] as string, Int32Array.of(id)]));
  const piecesOf = characterReader(ids);
  const merge = createMerger(pieces);
  const split = memoize((word) => merge(Array.from(word.replaceAll(' ', markOfSpace)).flatMap(piecesOf)));
  return (text, visit) => {
    for (const { part, start } of partsOf(text.toWellFormed(), [...specials.keys()])) {
      const special = specials.get(part);
      if (special) visit(special, start, start + part.length);
      else visitWords(` ${part}`, (word, at) => visit(split(word), start + at - 1, start + at - 1 + word.length));
    }
  };
}

interface Part {
  part: string;
  start: number;
}

/** Returns the parts of a text before, between and after the special pieces, and these. */
function partsOf(text: string, specials: readonly string[]): Part[] {
  const parts: Part[] = [];
  let start = 0;
  while (start < text.length) {
    const [special, at] = firstOf(text, specials, start);
    if (at > start) parts.push({ part: text.slice(start, at), start });
    if (special !== '') parts.push({ part: special, start: at });
    start = at + special.length;
  }
  return parts;
}

function firstOf(text: string, specials: readonly string[], start: number): [special: string, at: number] {
  let first: [string, number] = ['', text.length];
  for (const special of specials) {
    const at = text.indexOf(special, start);
    if (at >= 0 && at < first[1]) first = [special, at];
  }
  return first;
}

// A word is a run of spaces and the run of other characters after it.
function visitWords(text: string, visit: (word: string, start: number) => void): void {
  let start = 0;
  for (let at = 1; at <= text.length; at += 1) {
    if (at < text.length && !(isSpace(text.charCodeAt(at)) && !isSpace(text.charCodeAt(at - 1)))) continue;
    visit(text.slice(start, at), start);
    start = at;
  }
}

// A mark of a space in the text itself counts as a space.
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x2581;
}

function characterReader(ids: ReadonlyMap<string, number>): (character: string) => number[] {
  const bytes = Int32Array.from({ length: 256 }, (_, byte) => ids.get(byteName(byte)) as number);
  return (character) => {
    const id = ids.get(character);
    return id === undefined ? Array.from(Buffer.from(character), (byte) => bytes[byte] as number) : [id];
  };
}

/** Returns the name of the piece that stands for a byte. */
export function byteName(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
}
