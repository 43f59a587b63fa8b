import type { Example } from '../../model/datasets/example.ts';
import { createRandom } from '../../model/random.ts';

// Of the words of a text, the shares that are left out, replaced, followed by another one, and mistyped.
const edits = { drop: 0.1, replace: 0.15, add: 0.15, mistype: 0.02 };

// What this share of the new words is drawn from is the intent's own words, which keeps the label true; the others are of any text.
const ownWords = 0.7;

/** Makes distinct labelled texts of the words of a few: as many as asked for, those of each text in turn. */
export function* manyTexts(
  few: readonly Example[],
  count: number,
  seed: number,
): Generator<Pick<Example, 'text' | 'intent'>> {
  const random = createRandom(seed);
  const oneOf = (words: readonly string[]): string => words[Math.floor(random() * words.length)] as string;
  const all = few.flatMap(({ text }) => wordsOf(text));
  const byIntent = new Map(
    [...Map.groupBy(few, ({ intent }) => intent)].map(([intent, same]) => [
      intent,
      same.flatMap(({ text }) => wordsOf(text)),
    ]),
  );
  const seen = new Set<string>();
  for (let at = 0; seen.size < count; at += 1) {
    const { text, intent } = few[at % few.length] as Example;
    const newWord = (): string => oneOf(random() < ownWords ? (byIntent.get(intent) as string[]) : all);
    const edited = wordsOf(text)
      .flatMap((word) => edit(word, random, newWord))
      .join(' ');
    if (edited === '' || seen.has(edited)) continue;
    seen.add(edited);
    yield { text: edited, intent };
  }
}

function wordsOf(text: string): string[] {
  return text.split(' ');
}

function edit(word: string, random: () => number, newWord: () => string): string[] {
  let drawn = random();
  const isDrawn = (share: number): boolean => {
    drawn -= share;
    return drawn < 0;
  };
  if (isDrawn(edits.drop)) return [];
  if (isDrawn(edits.replace)) return [newWord()];
  if (isDrawn(edits.add)) return [word, newWord()];
  return [isDrawn(edits.mistype) ? mistyped(word, random) : word];
}

// Two neighbours change places, or a letter is missing.
function mistyped(word: string, random: () => number): string {
  const at = Math.floor(random() * word.length);
  const [letter = '', next = ''] = word.slice(at, at + 2);
  return word.slice(0, at) + (random() < 0.5 ? next + letter : next) + word.slice(at + 2);
}
