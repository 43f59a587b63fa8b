import { DataError, type Dataset, type Example } from '../datasets/example.ts';

/** What the settings say of the intents' meaning: sentences by intent. */
export type Descriptions = Readonly<Record<string, string>>;

/** Returns a text for each intent's name, and each description: texts to learn from, which no measurement counts. */
export function describedIntents(
  { path }: Pick<Dataset, 'path'>,
  labels: readonly string[],
  descriptions: Descriptions,
): Example[] {
  const unknown = Object.keys(descriptions).find((intent) => !labels.includes(intent));
  if (unknown !== undefined) {
    throw new DataError(`model.descriptions: expected intents that ${path} holds, got ${unknown}`);
  }
  const names = labels.map((intent) => ({ intent, text: readableName(intent), line: 0 }));
  const sentences = Object.entries(descriptions).map(([intent, text]) => ({ intent, text, line: 0 }));
  return [...names, ...sentences].filter(({ text }) => text !== '');
}

/** Returns the words of an intent's name: `cardArrival` and `card_arrival` are `card arrival`. Digits are no words. */
export function readableName(intent: string): string {
  return intent
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[^\p{L}\p{M}']+/gu, ' ')
    .trim();
}
