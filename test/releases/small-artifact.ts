import { sha256 } from '../../common/checksum.ts';
import type { Artifact } from '../../model/artifact/artifact.ts';
import type { Dataset } from '../../model/datasets/example.ts';
import { modelSettings } from '../../model/settings.ts';
import { trainModel } from '../../model/training/train.ts';

const texts = {
  greeting: ['hello there', 'good morning to you', 'hi, how are you', 'hey friend', 'good evening all', 'hello again'],
  praise: ['great service', 'I love this', 'well done, great work', 'what a lovely shop', 'great, thanks', 'love it'],
};

/** Trains a real model on a dozen texts, in a moment. */
export async function smallArtifact(): Promise<Artifact> {
  const examples = Object.entries(texts).flatMap(([intent, list]) => list.map((text) => ({ text, intent })));
  const set: Dataset = {
    path: 'texts',
    sha256: sha256(JSON.stringify(examples)),
    examples: examples.map((example, line) => ({ ...example, line })),
  };
  return trainModel({ train: set, test: set }, modelSettings.parse({}));
}
