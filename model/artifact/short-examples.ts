import { unknownIntent } from '../prediction.ts';

interface Example {
  text: string;
  intent: string;
}

/** Returns the examples that have an intent and a text of one line, of at most `mostCharacters`. */
export function shortExamples(examples: readonly Example[], mostCharacters: number): Example[] {
  return examples.filter(
    ({ text, intent }) => intent !== unknownIntent && text.length <= mostCharacters && !/[\r\n]/.test(text),
  );
}
