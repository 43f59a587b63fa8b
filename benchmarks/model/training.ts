import type { Metrics } from '../../model/artifact/manifest.ts';
import { writeArtifact } from '../../model/artifact/write.ts';
import { type ModelSettings, modelSettings } from '../../model/settings.ts';
import { readSources, type Sources } from '../../model/sources.ts';
import { type OnProgress, trainModel } from '../../model/training/train.ts';
import { OUT_OF_SCOPE } from './data.ts';
import { atLeast, atMost, type Line, stated } from './lines.ts';
import { limits, reaches } from './reaches.ts';

export type Profile = ModelSettings['profile'];

/** What a training gave and cost. */
export interface Trained {
  metrics: Metrics;
  cpuSeconds: number;
}

/** Trains with a profile's defaults, and writes the artifact. */
export async function trainTo(
  folder: string,
  sources: Sources,
  profile: Profile,
  onProgress: OnProgress,
): Promise<Trained> {
  const settings = modelSettings.parse({ profile, outOfScopeLabel: OUT_OF_SCOPE });
  const before = process.cpuUsage();
  const artifact = await trainModel(sources, settings, onProgress);
  const { user, system } = process.cpuUsage(before);
  writeArtifact(artifact, folder);
  return { metrics: artifact.manifest.metrics, cpuSeconds: (user + system) / 1e6 };
}

/** Accuracy, calibration and training time. */
export function accuracyLines(profile: Profile, clinc: Trained, banking: Trained): Line[] {
  const { calibrationError, trainingSeconds } = limits;
  const training = `${profile}: training at 150 labels x 100 texts, CPU`;
  return [
    atLeast(`${profile}: accuracy on CLINC150`, clinc.metrics.accuracy, reaches[profile].clinc),
    atLeast(`${profile}: accuracy on BANKING77`, banking.metrics.accuracy, reaches[profile].banking),
    atMost(`${profile}: calibration error on CLINC150`, clinc.metrics.calibrationError, calibrationError, '', 4),
    atMost(`${profile}: calibration error on BANKING77`, banking.metrics.calibrationError, calibrationError, '', 4),
    profile === 'default'
      ? atMost(training, clinc.cpuSeconds, trainingSeconds, ' s', 1)
      : stated(training, `${clinc.cpuSeconds.toFixed(1)} s`),
  ];
}

/** What is refused that should be, and what that costs. */
export const scopeLines = (profile: Profile, { metrics }: Trained): Line[] => [
  atLeast(`${profile}: out of scope on CLINC150, recall`, metrics.outOfScopeRecall ?? 0, reaches[profile].recall),
  atLeast(`${profile}: the same model, in-scope accuracy`, metrics.answeredRight, reaches[profile].inScope),
];

/** The project's own four intents. */
export async function ownDataLine(): Promise<Line> {
  const settings = modelSettings.parse({});
  const { manifest } = await trainModel(await readSources(settings), settings);
  return atLeast('default: own four intents, accuracy', manifest.metrics.accuracy, limits.ownAccuracy);
}
