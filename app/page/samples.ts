import { unknownIntent } from '../../model/prediction.ts';

interface Example {
  text: string;
  intent: string;
}

const mostIntents = 8;
const mostSamples = 8;
const mostCharacters = 80;

/** Chooses short texts of some intents, one of each in turn, of the examples that a model was tested with. */
export function chooseSamples(examples: readonly Example[]): string[] {
  const short = examples.filter(({ text, intent }) => intent !== unknownIntent && isShort(text));
  const byIntent = [...Map.groupBy(short, ({ intent }) => intent).values()].slice(0, mostIntents);
  const inTurn = [0, 1].flatMap((round) => byIntent.flatMap((list) => list.slice(round, round + 1)));
  return inTurn.slice(0, mostSamples).map(({ text }) => text);
}

// A button shows it on a line or two.
function isShort(text: string): boolean {
  return text.length <= mostCharacters && !/[\r\n]/.test(text);
}
