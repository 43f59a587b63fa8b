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

const texts = {
  greeting: ['hello there', 'hi how are you', 'good morning to you', 'hey hello'],
  question: [
    'how do I reset my password',
    'where is my order?',
    'what are your opening hours?',
    'how much does it cost?',
  ],
  complaint: ['this is terrible', 'the worst service, I want a refund', 'my order arrived broken', 'cancel my account'],
  praise: ['great service', 'I love it, thank you', 'excellent work!', 'you are the best'],
};

/** A small training set whose intents are easy to distinguish. */
export const smallSet = Object.entries(texts)
  .flatMap(([intent, list]) => list.map((text) => ({ text, intent })))
  .map((example, index) => ({ ...example, line: index + 2 }));
