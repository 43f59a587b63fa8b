import type { Manifest } from '../../model/artifact/manifest.ts';
import { shortExamples } from '../../model/artifact/short-examples.ts';

const mostIntents = 8;
const mostSamples = 8;
// A button shows them on a line or two.
const mostCharacters = 80;

/** Chooses short texts of some intents, one of each in turn, of the examples that a model was tested with. */
export function chooseSamples(examples: Manifest['examples']): string[] {
  const short = shortExamples(examples, mostCharacters);
  const byIntent = [...Map.groupBy(short, ({ intent }) => intent).values()].slice(0, mostIntents);
  const inTurn = [0, 1].flatMap((round) => byIntent.flatMap((list) => list.slice(round, round + 1)));
  return inTurn.slice(0, mostSamples).map(({ text }) => text);
}
