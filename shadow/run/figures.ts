import { Registry } from 'prom-client';
import { confidenceBounds } from '../../common/confidence-bounds.ts';
import { inferenceBounds } from '../../common/inference-bounds.ts';
import { exposeCollected, type Sample } from '../../common/metrics/collected.ts';
import { Distribution } from '../../common/metrics/distribution.ts';
import type { ShadowCopy } from '../../common/shadow/copy.ts';
import type { CandidateAnswer } from './candidate-answer.ts';
import { Pairs } from './pairs.ts';
import type { WorkerEnd } from './supervise.ts';
import type { WorkerMetrics } from './worker-metrics.ts';

/** Why a copy was not compared. */
const losses = ['queue', 'failed', 'slow'] as const;
export type Loss = (typeof losses)[number];

const ends: readonly WorkerEnd[] = ['died', 'hung'];

/** Intents of one release by those of another: as many as a dashboard can show, and Prometheus keeps for each machine. */
const mostPairs = 200;

/**
 * What is known of a release that runs as a shadow. Prometheus calls the release of a machine `release`; this one is `candidate`, and
 * `live` the one whose answers are compared.
 */
export class Figures {
  readonly #candidate: string;
  readonly #live: string;
  readonly #registry = new Registry();
  readonly #agreements = { yes: 0, no: 0 };
  readonly #pairs = new Pairs(mostPairs);
  readonly #confidences = { live: new Distribution(confidenceBounds), candidate: new Distribution(confidenceBounds) };
  readonly #durations = new Distribution(inferenceBounds);
  readonly #losses = new Map<string, number>(losses.map((why) => [why, 0]));
  readonly #ends = new Map<string, number>(ends.map((why) => [why, 0]));
  #worker: WorkerMetrics = { inference: [], residentBytes: undefined };
  isUp = false;

  constructor(releases: { live: string; candidate: string }) {
    this.#candidate = releases.candidate;
    this.#live = releases.live;
    this.#exposeAnswers();
    this.#exposeDistributions();
    this.#exposeWorker();
  }

  /** Counts what both releases answer to a text. */
  compare({ intent, confidence, seconds }: ShadowCopy, candidate: CandidateAnswer): void {
    this.#agreements[intent === candidate.intent ? 'yes' : 'no'] += 1;
    if (intent !== candidate.intent) this.#pairs.add(intent, candidate.intent);
    this.#confidences.live.observe(confidence);
    this.#confidences.candidate.observe(candidate.confidence);
    if (seconds !== undefined) this.#durations.observe(seconds);
  }

  lose(why: Loss): void {
    increase(this.#losses, why);
  }

  /** Counts the end of a worker. */
  end(why: WorkerEnd): void {
    increase(this.#ends, why);
    this.isUp = false;
  }

  /** Takes what the worker says of itself. */
  measure(worker: WorkerMetrics): void {
    this.#worker = worker;
  }

  /** Returns the metrics in the text format of Prometheus. */
  exposition(): Promise<string> {
    return this.#registry.metrics();
  }

  #expose(type: 'counter' | 'gauge' | 'histogram', name: string, help: string, samples: () => Sample[]): void {
    const candidate = this.#candidate;
    exposeCollected(this.#registry, {
      ...{ type, name, help, labelNames: ['candidate'] },
      samples: () => samples().map(({ labels, ...rest }) => ({ ...rest, labels: { ...labels, candidate } })),
    });
  }

  #exposeAnswers(): void {
    const live = this.#live;
    this.#expose('counter', 'intent_shadow_answers_total', 'Texts that both releases have answered', () =>
      Object.entries(this.#agreements).map(([agrees, value]) => ({ labels: { live, agrees }, value })),
    );
    this.#expose(
      'counter',
      'intent_shadow_disagreements_total',
      `Different answers of both releases to a text; pairs beyond ${mostPairs} are \`other\``,
      () =>
        this.#pairs.list().map(({ live, candidate, count }) => ({
          labels: { live_intent: live, candidate_intent: candidate },
          value: count,
        })),
    );
    this.#expose('counter', 'intent_shadow_copies_lost_total', 'Copies that were not compared, by reason', () =>
      [...this.#losses].map(([why, value]) => ({ labels: { why }, value })),
    );
  }

  #exposeDistributions(): void {
    const confidence = 'intent_shadow_confidence_ratio';
    this.#expose(
      'histogram',
      confidence,
      'Confidence of both releases in what they have answered to the same text',
      () => Object.entries(this.#confidences).flatMap(([of, distribution]) => distribution.samples(confidence, { of })),
    );
    const duration = 'intent_shadow_inference_duration_seconds';
    this.#expose('histogram', duration, 'Time of the model alone to classify one text, in both releases', () => [
      ...this.#durations.samples(duration, { of: 'live' }),
      ...this.#worker.inference.map(({ part, le, value }) => ({
        metricName: `${duration}${part}`,
        labels: { ...(le && { le }), of: 'candidate' },
        value,
      })),
    ]);
  }

  #exposeWorker(): void {
    this.#expose('gauge', 'intent_shadow_up', 'Whether the worker of the shadow answers', () => [
      { labels: {}, value: Number(this.isUp) },
    ]);
    this.#expose('counter', 'intent_shadow_worker_ends_total', 'Workers of the shadow that died or hung', () =>
      [...this.#ends].map(([why, value]) => ({ labels: { why }, value })),
    );
    this.#expose('gauge', 'intent_shadow_resident_memory_bytes', 'Memory of the worker of the shadow', () => {
      const { residentBytes } = this.#worker;
      return this.isUp && residentBytes !== undefined ? [{ labels: {}, value: residentBytes }] : [];
    });
  }
}

function increase(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}
