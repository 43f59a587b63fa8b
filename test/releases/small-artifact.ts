import { createHash } from 'node:crypto';
import { writeArtifact } from '../../model/artifact/write.ts';
import type { Dataset } from '../../model/datasets/example.ts';
import { modelSettings } from '../../model/settings.ts';
import { trainModel } from '../../model/training/train.ts';

const texts = {
  greeting: ['hello there', 'good morning to you', 'hi, how are you', 'hey friend', 'good evening all', 'hello again'],
  praise: ['great service', 'I love this', 'well done, great work', 'what a lovely shop', 'great, thanks', 'love it'],
};

/** Trains a real model on a dozen texts, in a moment. */
export async function writeSmallArtifact(folder: string): Promise<string> {
  const examples = Object.entries(texts).flatMap(([intent, list]) => list.map((text) => ({ text, intent })));
  const sha256 = createHash('sha256').update(JSON.stringify(examples)).digest('hex');
  const set: Dataset = { path: 'texts', sha256, examples: examples.map((example, line) => ({ ...example, line })) };
  const artifact = await trainModel({ train: set, test: set }, modelSettings.parse({}));
  writeArtifact(artifact, folder);
  return folder;
}
