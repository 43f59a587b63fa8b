import { listed } from '../../common/listed.ts';
import { formatPercent } from '../../common/percent.ts';
import type { Manifest } from '../artifact/manifest.ts';
import type { Comparison } from './comparison.ts';
import { leavingIntents } from './removed-intents.ts';

type Model = Pick<Manifest, 'version' | 'labels'>;

// A smaller difference of an F1 is one text more or less.
const leastDifference = 0.01;

/** Tells in words what a model changes that takes the place of another one; nothing where it is the same. */
export function describeModelChange(candidate: Model, inService: Model, comparison?: Comparison): string[] {
  if (candidate.version === inService.version) return [];
  const models = `Model ${inService.version} → ${candidate.version}`;
  return [
    comparison ? `${models}: ${describeAccuracy(comparison)}` : models,
    ...listOf('Intents that come', leavingIntents(inService, candidate)),
    ...listOf('Intents that leave', leavingIntents(candidate, inService)),
    ...(comparison ? describeIntents(comparison) : []),
  ];
}

function describeAccuracy({ candidate, inService, texts }: Comparison): string {
  return `accuracy ${formatPercent(inService.accuracy)} → ${formatPercent(candidate.accuracy)} ${texts}`;
}

function describeIntents({ candidate, inService }: Comparison): string[] {
  const changes = Object.entries(inService.intents)
    .map(([intent, { f1 }]) => ({ intent, before: f1, after: candidate.intents[intent]?.f1 ?? f1 }))
    .map((change) => ({ ...change, gain: change.after - change.before }))
    .sort((one, other) => Math.abs(other.gain) - Math.abs(one.gain));
  const written = (kept: typeof changes) =>
    kept.map(({ intent, before, after }) => `${intent} (F1 ${formatPercent(before)} → ${formatPercent(after)})`);
  return [
    ...listOf('Intents that gain', written(changes.filter(({ gain }) => gain >= leastDifference))),
    ...listOf('Intents that lose', written(changes.filter(({ gain }) => gain <= -leastDifference))),
  ];
}

function listOf(title: string, items: readonly string[]): string[] {
  return items.length > 0 ? [`${title}: ${listed(items)}`] : [];
}
