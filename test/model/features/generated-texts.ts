import { createRandom } from '../../../model/random.ts';

// First and last code point, and how often the script is drawn.
const scripts: [first: number, last: number][] = [
  ...Array.from({ length: 5 }, (): [number, number] => [0x20, 0x7e]),
  [0xa0, 0x24f],
  [0x370, 0x3ff],
  [0x400, 0x52f],
  [0x4e00, 0x9fff],
  [0x3040, 0x30ff],
  [0xac00, 0xd7a3],
  [0x1f300, 0x1f6ff],
  [0x0, 0x1f],
  [0x2580, 0x2590],
  [0x10000, 0x102ff],
];

const snippets = [
  '<s>',
  '</s>',
  '<unk>',
  '▁',
  '   ',
  'aaaa',
  '----',
  '====',
  '\r\n',
  'the ',
  'ing',
  'Straße ',
  'où est ',
  '👩‍👩‍👧 ',
];

/** Returns texts of mixed scripts, emoji, control characters and what a tokenizer treats apart; the same for the same seed. */
export function generatedTexts(count: number, seed: number): string[] {
  const random = createRandom(seed);
  const below = (end: number): number => Math.floor(random() * end);
  return Array.from({ length: count }, () => {
    let [first, last] = scripts[below(scripts.length)] as [number, number];
    let text = '';
    for (let left = below(60); left > 0; left -= 1) {
      if (random() < 0.08) [first, last] = scripts[below(scripts.length)] as [number, number];
      const kind = random();
      if (kind < 0.15) text += ' ';
      else if (kind < 0.22) text += snippets[below(snippets.length)] as string;
      else text += String.fromCodePoint(first + below(last - first + 1));
    }
    return text;
  });
}
