import type { Manifest } from '../model/artifact/manifest.ts';
import { shortExamples } from '../model/artifact/short-examples.ts';

// They fit into a command line.
const mostCharacters = 60;

/** Returns a text to try a model with: the first short one of its examples. */
export function exampleTextOf({ examples }: Pick<Manifest, 'examples'>): string {
  return shortExamples(examples, mostCharacters)[0]?.text ?? 'Hello';
}
