import { join } from 'node:path';

/** An artifact that was made while format 1 was written, of eight texts. */
export const formatOne = join(import.meta.dirname, 'format-1');

/** Its answers at that time. */
export const answers: [text: string, intent: string, confidence: number][] = [
  ['hello', 'greeting', 0.8810694281836461],
  ['good morning', 'greeting', 0.9606741304255385],
  ['great', 'praise', 0.9530254617598874],
  ['I love it', 'praise', 0.9107564320440388],
  ['qwerty', 'unknown', 0.5018337820243799],
  ['good work', 'greeting', 0.74167965293285],
];
