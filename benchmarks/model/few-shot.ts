import { join } from 'node:path';
import { median } from '../../common/median.ts';
import { readDataset } from '../../model/datasets/read.ts';
import { modelSettings } from '../../model/settings.ts';
import type { OnProgress } from '../../model/training/learn.ts';
import { trainModel } from '../../model/training/train.ts';
import { atLeast, atMost, type Result } from '../result-table.ts';
import { type FewShotSet, semanticTargets } from './targets.ts';
import type { Profile } from './training.ts';

const seeds = [1, 2, 3] as const;

/** Trains on few texts an intent with three seeds: the median of the accuracies and of the times, and their spread. */
export async function fewShotResults(
  profile: Profile,
  data: string,
  { name, folder, texts, target, reference }: FewShotSet,
  onProgress: OnProgress,
): Promise<Result[]> {
  const columns = { text: 'text', intent: 'intent' };
  const read = (file: string) => readDataset(join(data, folder, file), columns);
  const splits = { train: await read(`train_${texts}.csv`), test: await read('test.csv') };
  const runs: { accuracy: number; seconds: number }[] = [];
  for (const seed of seeds) {
    const before = process.cpuUsage();
    const { manifest } = await trainModel(splits, modelSettings.parse({ profile, seed }), onProgress);
    const { user, system } = process.cpuUsage(before);
    runs.push({ accuracy: manifest.metrics.accuracy, seconds: (user + system) / 1e6 });
  }
  const accuracies = runs.map(({ accuracy }) => accuracy);
  const seconds = median(runs.map((run) => run.seconds));
  const spread = `${percent(Math.min(...accuracies))} to ${percent(Math.max(...accuracies))}`;
  const beside = `scikit-learn: n-grams ${reference.ngrams}, vectors ${reference.vectors}`;
  const what = `${profile}: ${name}, ${texts} texts an intent (${spread}; ${beside})`;
  const accuracy = median(accuracies);
  if (profile !== 'semantic') return [{ what, measured: percent(accuracy) }];
  const isTimed = name === 'BANKING77' && texts === 5;
  const cost = atMost(`${profile}: training it, CPU`, seconds, semanticTargets.trainingSeconds, ' s', 1);
  return [atLeast(what, accuracy, target), ...(isTimed ? [cost] : [])];
}

function percent(share: number): string {
  return (100 * share).toFixed(2);
}
