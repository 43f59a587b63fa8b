import { median } from '../../common/median.ts';
import { type Artifact, artifactBytes } from '../artifact/artifact.ts';
import type { Classifier } from '../artifact/open.ts';
import type { GateSettings } from '../settings.ts';

/** What a model costs whoever serves it. */
export interface ModelCost {
  megabytes: number;
  /** The median time for one text. */
  milliseconds: number;
}

/** Each text is classified so often, after as often to compile. */
const rounds = 5;

/** Measures the size of an artifact and its time for one text. */
export function measureCost(artifact: Artifact, { predict }: Pick<Classifier, 'predict'>): ModelCost {
  const texts = Array.from({ length: 2 * rounds }, () => artifact.manifest.examples.map(({ text }) => text)).flat();
  const times = texts.map((text) => {
    const started = performance.now();
    predict(text);
    return performance.now() - started;
  });
  return { megabytes: artifactBytes(artifact) / 1e6, milliseconds: median(times.slice(times.length / 2)) };
}

/** Returns why a model costs too much to be released. */
export function costRefusals({ megabytes, milliseconds }: ModelCost, limits: GateSettings): string[] {
  const { largestMegabytes, slowestMilliseconds } = limits;
  return [
    ...(megabytes > largestMegabytes
      ? [
          `size: expected at most ${largestMegabytes} MB (gate.largestMegabytes), got ${megabytes.toFixed(1)} MB; ` +
            'fewer features, or vectorColumns, make it smaller',
        ]
      : []),
    ...(milliseconds > slowestMilliseconds
      ? [
          `speed: expected at most ${slowestMilliseconds} ms for a text (gate.slowestMilliseconds), got ${milliseconds.toFixed(2)} ms; ` +
            'the default profile is the fastest',
        ]
      : []),
  ];
}
