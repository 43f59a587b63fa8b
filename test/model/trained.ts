import { sha256 } from '../../common/checksum.ts';
import type { Artifact } from '../../model/artifact/write.ts';
import type { Dataset, Example } from '../../model/datasets/example.ts';
import { modelSettings } from '../../model/settings.ts';
import type { Sources } from '../../model/sources.ts';
import { trainModel } from '../../model/training/train.ts';
import { smallSet } from './texts.ts';

/** Examples as if they had been read from a file. */
export const datasetOf = (examples: readonly Example[], path = 'small.csv'): Dataset => ({
  path,
  examples,
  sha256: sha256(JSON.stringify(examples)),
});

/** The small set, learned from and measured on. */
export const smallSources: Sources = { train: datasetOf(smallSet), test: datasetOf(smallSet) };

/** Settings with some of them changed. */
export const settingsWith = (changes: object = {}) =>
  modelSettings.parse({
    features: { minimumTexts: 1, blocks: [{ kind: 'words' }, { kind: 'characters' }] },
    ...changes,
  });

/** An artifact that takes milliseconds to train. */
export const trainSmall = (changes: object = {}, sources = smallSources): Promise<Artifact> =>
  trainModel(sources, settingsWith(changes));
