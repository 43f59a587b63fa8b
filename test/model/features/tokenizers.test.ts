import test from 'ava';
import type { Features } from '../../../model/features/features.ts';
import { tokenizerNamed } from '../../../model/features/tokenizers.ts';

const cases: [tokenizer: Features['tokenizer'], text: string, ...tokens: string[]][] = [
  ['words', "Don't PANIC, 42 times!", 'don', 't', 'panic', '42', 'times'],
  ['words', 'Où est ma Straße?', 'où', 'est', 'ma', 'straße'],
  ['words', 'नमस्ते दुनिया', 'नमस्ते', 'दुनिया'],
  // Full-width letters and ligatures become plain letters.
  ['words', 'Ｈｅｌｌｏ ﬁne', 'hello', 'fine'],
  ['words', '  ... '],
  ['words-and-marks', 'What?! Great 🎉', 'what', '?', '!', 'great', '🎉'],
  ['words-and-marks', '  ... '],
  // These two are natural's.
  ['aggressive', "Don't stop/go", "don't", 'stop/go'],
  ['aggressive', '  ... '],
  ['treebank', "Don't stop.", 'do', "n't", 'stop', '.'],
];

for (const [tokenizer, text, ...tokens] of cases) {
  test(`the tokens of ${JSON.stringify(text)} with ${tokenizer}`, (t) => {
    t.deepEqual(tokenizerNamed(tokenizer)(text), tokens);
  });
}
