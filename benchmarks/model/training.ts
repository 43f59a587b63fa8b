import type { Metrics } from '../../model/artifact/manifest.ts';
import { writeArtifact } from '../../model/artifact/write.ts';
import { type DatasetSplits, loadDatasets } from '../../model/datasets/load.ts';
import { type ModelSettings, modelSettings } from '../../model/settings.ts';
import type { OnProgress } from '../../model/training/learn.ts';
import { trainModel } from '../../model/training/train.ts';
import { atLeast, atMost, type Result } from '../result-table.ts';
import { outOfScopeLabel } from './data.ts';
import { profileTargets, targets } from './targets.ts';

export type Profile = ModelSettings['profile'];

/** The metrics and the cost of a training. */
export interface Trained {
  metrics: Metrics;
  cpuSeconds: number;
}

/** Trains with a profile's defaults, and writes the artifact. */
export async function trainTo(
  folder: string,
  splits: DatasetSplits,
  profile: Profile,
  onProgress: OnProgress,
): Promise<Trained> {
  const settings = modelSettings.parse({ profile, outOfScopeLabel });
  const before = process.cpuUsage();
  const artifact = await trainModel(splits, settings, onProgress);
  const { user, system } = process.cpuUsage(before);
  writeArtifact(artifact, folder);
  return { metrics: artifact.manifest.metrics, cpuSeconds: (user + system) / 1e6 };
}

/** Accuracy, calibration and training time. */
export function accuracyResults(profile: Profile, clinc: Trained, banking: Trained): Result[] {
  const { calibrationError, trainingSeconds } = targets;
  const training = `${profile}: training at 150 labels x 100 texts, CPU`;
  return [
    atLeast(`${profile}: accuracy on CLINC150`, clinc.metrics.accuracy, profileTargets[profile].clinc),
    atLeast(`${profile}: accuracy on BANKING77`, banking.metrics.accuracy, profileTargets[profile].banking),
    atMost(`${profile}: calibration error on CLINC150`, clinc.metrics.calibrationError, calibrationError, '', 4),
    atMost(`${profile}: calibration error on BANKING77`, banking.metrics.calibrationError, calibrationError, '', 4),
    profile === 'default'
      ? atMost(training, clinc.cpuSeconds, trainingSeconds, ' s', 1)
      : { what: training, measured: `${clinc.cpuSeconds.toFixed(1)} s` },
  ];
}

/** Out-of-scope recall, and the in-scope accuracy of the same model. */
export function scopeResults(profile: Profile, { metrics }: Trained): Result[] {
  const { recall, inScope } = profileTargets[profile];
  return [
    atLeast(`${profile}: out of scope on CLINC150, recall`, metrics.outOfScopeRecall ?? 0, recall),
    atLeast(`${profile}: the same model, in-scope accuracy`, metrics.answeredRight, inScope),
  ];
}

/** Accuracy and calibration on the project's own four intents. */
export async function ownDataResults(): Promise<Result[]> {
  const settings = modelSettings.parse({});
  const { manifest } = await trainModel(await loadDatasets(settings), settings);
  const { accuracy, calibrationError } = manifest.metrics;
  return [
    atLeast('default: own four intents, accuracy', accuracy, targets.ownAccuracy),
    atMost('default: own four intents, calibration error', calibrationError, targets.ownCalibrationError, '', 4),
  ];
}
