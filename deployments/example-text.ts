import type { Manifest } from '../model/artifact/manifest.ts';
import { unknownIntent } from '../model/prediction.ts';

const mostCharacters = 60;

/** Returns a text to try a model with: the first of its examples that has an intent and fits into a command line. */
export function exampleTextOf({ examples }: Pick<Manifest, 'examples'>): string {
  const fitting = examples.find(
    ({ text, intent }) => intent !== unknownIntent && text.length <= mostCharacters && !/[\r\n]/.test(text),
  );
  return fitting?.text ?? 'Hello';
}
