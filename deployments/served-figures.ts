import type { Endpoint } from './endpoint.ts';
import { queryAll, valueWith } from './prometheus.ts';

/** What a release has served; null where nothing was counted. */
export interface ServedFigures {
  /** The texts that it has classified, as Prometheus counts them. */
  predictions: number;
  /** The time to answer `/predict`, in seconds. */
  medianSeconds: number | null;
  p99Seconds: number | null;
  /** Of the best intents, from 0 to 1. */
  meanConfidence: number | null;
  /** The share of texts for which no intent was likely enough, from 0 to 1. */
  unknown: number | null;
}

/** What belongs to each of two releases. */
type Pair<Value> = Record<'a' | 'b', Value>;

/** Returns what two releases have served in the last seconds. */
export async function servedFigures(
  endpoint: Endpoint,
  releases: Pair<string>,
  seconds: number,
): Promise<Pair<ServedFigures>> {
  const found = await queryAll(endpoint, expressionsOf(releases, seconds));
  const figuresOf = (release: string): ServedFigures => {
    const figure = (name: keyof ServedFigures) => valueWith(found[name], 'release', release);
    return {
      predictions: Math.round(figure('predictions') ?? 0),
      ...{ medianSeconds: figure('medianSeconds'), p99Seconds: figure('p99Seconds') },
      ...{ meanConfidence: figure('meanConfidence'), unknown: figure('unknown') },
    };
  };
  return { a: figuresOf(releases.a), b: figuresOf(releases.b) };
}

/** The expressions of the figures, each by release. */
function expressionsOf({ a, b }: Pair<string>, seconds: number): Record<keyof ServedFigures, string> {
  const labels = `release=~"${a}|${b}"`;
  const sumOf = (metric: string, by = 'release', others = '') =>
    `sum by (${by}) (increase(${metric}{${labels}${others}}[${Math.ceil(seconds)}s]))`;
  const times = sumOf('intent_http_request_duration_seconds_bucket', 'release, le', ', route="/predict"');
  const confidence = (part: string) => sumOf(`intent_prediction_confidence_ratio_${part}`);
  return {
    predictions: confidence('count'),
    medianSeconds: `histogram_quantile(0.5, ${times})`,
    p99Seconds: `histogram_quantile(0.99, ${times})`,
    meanConfidence: `${confidence('sum')} / ${confidence('count')}`,
    unknown: `${sumOf('intent_predictions_total', 'release', ', intent="unknown"')} / ${sumOf('intent_predictions_total')}`,
  };
}
