import { sampleCorrelation, sumNthPowerDeviations } from 'simple-statistics';
import { parametersOf } from './candidate.ts';
import type { Ranked } from './tried.ts';

/** How much of the differences in accuracy a parameter explains. */
export interface Importance {
  readonly parameter: string;
  /** From 0 to 1. */
  readonly share: number;
  /** The number of values that were tried. */
  readonly values: number;
}

interface Observation {
  readonly value: string | number;
  readonly accuracy: number;
}

/**
 * Returns what each parameter that varies explains of the variance of accuracy among the candidates that finished, the largest first: of
 * one with separate values the ratio of the variance between them to all of it, of the cost the squared correlation with its logarithm,
 * both adjusted for the number of candidates. Each parameter by itself; what two explain together shows in neither.
 */
export function importances(candidates: readonly Ranked[]): Importance[] {
  const scored = candidates.flatMap(({ candidate, score, end }) =>
    score && end.outcome === 'finished' ? [{ parameters: parametersOf(candidate), accuracy: score.accuracy }] : [],
  );
  const names = [...new Set(scored.flatMap(({ parameters }) => Object.keys(parameters)))];
  return names
    .flatMap((parameter) => {
      const observations = scored.flatMap(({ parameters, accuracy }) =>
        parameters[parameter] === undefined ? [] : [{ value: observable(parameters[parameter]), accuracy }],
      );
      const values = new Set(observations.map(({ value }) => value)).size;
      return values < 2 ? [] : [{ parameter, values, share: explained(parameter, observations) }];
    })
    .sort((one, other) => other.share - one.share);
}

function observable(value: string | number | boolean): string | number {
  return typeof value === 'boolean' ? String(value) : value;
}

function explained(parameter: string, observations: readonly Observation[]): number {
  const accuracies = observations.map(({ accuracy }) => accuracy);
  if (squares(accuracies) === 0) return 0;
  return parameter === 'cost' ? correlation(observations) : betweenGroups(observations);
}

function correlation(observations: readonly Observation[]): number {
  const logarithms = observations.map(({ value }) => Math.log(Number(value)));
  const accuracies = observations.map(({ accuracy }) => accuracy);
  return adjusted(1 - sampleCorrelation(logarithms, accuracies) ** 2, observations.length, 2);
}

function betweenGroups(observations: readonly Observation[]): number {
  const groups = Object.values(Object.groupBy(observations, ({ value }) => String(value))) as Observation[][];
  const within = groups.reduce((sum, group) => sum + squares(group.map(({ accuracy }) => accuracy)), 0);
  const total = squares(observations.map(({ accuracy }) => accuracy));
  return adjusted(within / total, observations.length, groups.length);
}

/** What is explained where a share is left of the variance, with so many values estimated: each explains something by chance. */
function adjusted(left: number, count: number, estimated: number): number {
  return count <= estimated ? 0 : Math.max(0, 1 - (left * (count - 1)) / (count - estimated));
}

/** The sum of the squared differences from the mean. */
function squares(values: readonly number[]): number {
  return sumNthPowerDeviations([...values], 2);
}
