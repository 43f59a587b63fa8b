import { createRandom } from '../../model/random.ts';

const alphabets = [
  'abcdefghijklmnop qrst uvwxyz',
  'ÀÉîõüßæœ ñ',
  'привет как',
  '你好我的订单在哪',
  '😀🎉👩‍👩‍👧 ❤️',
  '\u0000\t\n\r\u2028 \u00a0',
  '\ud800\udfff',
  '.,;:!?-_/\'"',
  '0123456789',
  'ﬁＡＢｃ',
];

/** Random texts of any script, with lone surrogates, and empty, very long and otherwise unusual texts. */
export function strangeTexts(count: number, seed: number): string[] {
  const random = createRandom(seed);
  const pick = (from: string): string => from.charAt(Math.floor(random() * from.length));
  const word = (): string => {
    const alphabet = alphabets[Math.floor(random() * alphabets.length)] as string;
    return Array.from({ length: 1 + Math.floor(random() * 9) }, () => pick(alphabet)).join('');
  };
  const strange = Array.from({ length: count }, () =>
    Array.from({ length: Math.floor(random() * 12) }, word).join(' '),
  );
  return ['', ' ', '__proto__', 'constructor toString', 'x'.repeat(50_000), 'great '.repeat(5000), ...strange];
}

/** A small training set whose intents are easy to distinguish. */
export const smallSet = [
  ['hello there', 'greeting'],
  ['hi how are you', 'greeting'],
  ['good morning to you', 'greeting'],
  ['hey hello', 'greeting'],
  ['how do I reset my password', 'question'],
  ['where is my order?', 'question'],
  ['what are your opening hours?', 'question'],
  ['how much does it cost?', 'question'],
  ['this is terrible', 'complaint'],
  ['the worst service, I want a refund', 'complaint'],
  ['my order arrived broken', 'complaint'],
  ['cancel my account', 'complaint'],
  ['great service', 'praise'],
  ['I love it, thank you', 'praise'],
  ['excellent work!', 'praise'],
  ['you are the best', 'praise'],
].map(([text, intent], index) => ({ text: text as string, intent: intent as string, line: index + 2 }));
