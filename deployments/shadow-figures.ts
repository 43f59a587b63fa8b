import type { Endpoint } from './endpoint.ts';
import { queryAll, type Sample, valueWith } from './prometheus.ts';

/** What was found of a release that runs as a shadow; null where nothing was counted. */
export interface ShadowFigures {
  /** The machines on which it answers now. */
  machines: number;
  /** The texts that both releases have answered, and on how many they agree. */
  texts: number;
  agreed: number;
  /** The copies that were not compared. */
  lost: number;
  /** The most frequent different answers to the same text. */
  disagreements: { live: string; candidate: string; texts: number }[];
  live: ShadowSide;
  candidate: ShadowSide;
}

/** What one of the two releases did with the same texts. */
export interface ShadowSide {
  /** The time of the model alone, in seconds. */
  medianSeconds: number | null;
  p99Seconds: number | null;
  /** From 0 to 1. */
  meanConfidence: number | null;
}

const mostDisagreements = 10;

/** Returns what was found of a candidate in the last seconds, on all machines. */
export async function shadowFigures(endpoint: Endpoint, candidate: string, seconds: number): Promise<ShadowFigures> {
  const found = await queryAll(endpoint, expressionsOf(candidate, seconds));
  const agreed = countOf(found.answers.filter(({ labels }) => labels.agrees === 'yes'));
  return {
    ...{ machines: countOf(found.machines), texts: countOf(found.answers), agreed, lost: countOf(found.lost) },
    disagreements: found.disagreements
      .map(({ labels, value }) => ({
        ...{ live: labels.live_intent ?? '', candidate: labels.candidate_intent ?? '', texts: value },
      }))
      .sort((one, other) => other.texts - one.texts),
    ...{ live: sideOf(found, 'live'), candidate: sideOf(found, 'candidate') },
  };
}

function expressionsOf(candidate: string, seconds: number) {
  // They begin at 0 with the shadow of a machine. An increase would miss what a series begins with, such as a pair that was seen once.
  const sumOf = (metric: string, by: string) =>
    `sum by (${by}) (max_over_time(intent_shadow_${metric}{candidate="${candidate}"}[${Math.ceil(seconds)}s]))`;
  const times = sumOf('inference_duration_seconds_bucket', 'of, le');
  return {
    machines: `sum(intent_shadow_up{candidate="${candidate}"})`,
    answers: sumOf('answers_total', 'agrees'),
    lost: sumOf('copies_lost_total', 'why'),
    disagreements: `topk(${mostDisagreements}, ${sumOf('disagreements_total', 'live_intent, candidate_intent')})`,
    medianSeconds: `histogram_quantile(0.5, ${times})`,
    p99Seconds: `histogram_quantile(0.99, ${times})`,
    meanConfidence: `${sumOf('confidence_ratio_sum', 'of')} / ${sumOf('confidence_ratio_count', 'of')}`,
  };
}

function countOf(samples: readonly Sample[]): number {
  return samples.reduce((sum, { value }) => sum + value, 0);
}

function sideOf(found: Record<keyof ShadowSide, Sample[]>, of: 'live' | 'candidate'): ShadowSide {
  const figure = (name: keyof ShadowSide) => valueWith(found[name], 'of', of);
  return {
    ...{ medianSeconds: figure('medianSeconds'), p99Seconds: figure('p99Seconds') },
    meanConfidence: figure('meanConfidence'),
  };
}
