import { join } from 'node:path';

/** An artifact that was made while format 2 was written, of ten texts, two of them out of scope. */
export const formatTwo = join(import.meta.dirname, 'format-2');

/** Its answers at that time. */
export const answers: [text: string, intent: string, confidence: number][] = [
  ['hello', 'greeting', 0.8886188014279054],
  ['good morning', 'greeting', 0.8485527034842698],
  ['great', 'praise', 0.887902036858673],
  ['I love it', 'praise', 0.8523520029158679],
  ['qwerty', 'unknown', 0.37851237892429457],
  ['good work', 'unknown', 0.5024958307994009],
  ['zxcv', 'unknown', 0.1552887409343948],
];
