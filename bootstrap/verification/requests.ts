import { predictLimits } from '../../common/predict-limits.ts';
import { textSchema } from '../../common/text-schema.ts';
import type { Example } from '../release.ts';

/** A request whose answer holds the intents of some examples, in their order. */
export interface ExampleRequest {
  path: '/predict' | '/predict/batch';
  body: string;
  examples: readonly Example[];
}

/**
 * Plans few requests that ask for all examples: one for a single text, and batches. An example that no client could ask for,
 * because the service or the limit on bodies refuses its text, is left out.
 */
export function planRequests(examples: readonly Example[], maximumBytes: number): ExampleRequest[] {
  const [first, ...others] = examples.filter((example) => isTaken(example) && fits([example], maximumBytes));
  return first ? [single(first), ...batches(others, maximumBytes)] : [];
}

const text = textSchema(predictLimits.textCharacters);

function isTaken(example: Example): boolean {
  return text.safeParse(example.text).success;
}

function fits(examples: readonly Example[], maximumBytes: number): boolean {
  return examples.length <= predictLimits.batchTexts && Buffer.byteLength(batchBody(examples)) <= maximumBytes;
}

function single(example: Example): ExampleRequest {
  return { path: '/predict', body: JSON.stringify({ text: example.text }), examples: [example] };
}

function batches(examples: readonly Example[], maximumBytes: number): ExampleRequest[] {
  const groups: Example[][] = [];
  for (const example of examples) {
    const group = groups.at(-1);
    if (group && fits([...group, example], maximumBytes)) group.push(example);
    else groups.push([example]);
  }
  return groups.map((group) => ({ path: '/predict/batch', body: batchBody(group), examples: group }));
}

function batchBody(examples: readonly Example[]): string {
  return JSON.stringify({ texts: examples.map(({ text }) => text) });
}
