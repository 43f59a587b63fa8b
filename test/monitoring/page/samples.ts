import { bucketBounds } from '../../../monitoring/rules/drift.ts';

/** A time series: its value at a time, in seconds since the samples begin. */
interface Sampled {
  labels: Record<string, string>;
  value: (seconds: number) => number;
}

/** A metric with its series. */
type Metrics = Record<string, Sampled[]>;

const machines = ['i-0a1b2c3d4e5f60718', 'i-0f9e8d7c6b5a40312', 'i-05d1c3b7a9e8f2460'];
const models = ['93c0aa17', 'b81e44d0'] as const;
const intents = ['greeting', 'question', 'complaint', 'praise', 'unknown'];
const durationBounds = Array.from({ length: 15 }, (_, index) => 0.0001 * 2 ** index);

/** Requests a second of the nth machine at first; they grow, and swing by a third in ten minutes. */
function requests(machine: number): (seconds: number) => number {
  const rate = 2 + machine * 0.4;
  return (seconds) => rate * (seconds + (seconds * seconds) / 9000 + 32 * Math.sin(seconds / 95) + machine);
}

function share(of: (seconds: number) => number, part: number): (seconds: number) => number {
  return (seconds) => of(seconds) * part;
}

/** The share of answers up to a bound, of an exponential distribution with a mean in seconds. */
function upTo(bound: number, mean: number): number {
  return 1 - Math.exp(-bound / mean);
}

function histogram(bounds: readonly string[], labels: Record<string, string>, at: (le: string) => Sampled['value']) {
  return bounds.map((le) => ({ labels: { ...labels, le }, value: at(le) }));
}

function serviceMetrics(instance: string, machine: number): Metrics {
  const release = machine === 2 ? '7be1d20f4c6a9e35' : '2f1c8ad96b03e754';
  const target = { instance, release, job: 'service', worker: '8081' };
  const model = models[machine === 2 ? 1 : 0];
  const total = requests(machine);
  const predict = { ...target, method: 'POST', route: '/predict' };
  const mean = 0.002 * (machine + 1);
  return {
    up: ['service', 'nginx', 'node'].map((job) => ({ labels: { ...target, job }, value: () => 1 })),
    intent_http_requests_total: [
      { labels: { ...predict, status: '200' }, value: share(total, 0.9) },
      { labels: { ...predict, status: '400' }, value: share(total, 0.02) },
      { labels: { ...predict, status: '429' }, value: share(total, 0.01) },
      { labels: { ...predict, status: '500' }, value: (seconds) => total(seconds) * (machine === 2 ? 0.2 : 0.002) },
      { labels: { ...target, method: 'POST', route: '/predict/batch', status: '200' }, value: share(total, 0.05) },
      { labels: { ...target, method: 'GET', route: '/health', status: '200' }, value: (seconds) => seconds * 9 },
    ],
    intent_http_request_duration_seconds_bucket: histogram(
      [...durationBounds.map(String), '+Inf'],
      { ...target, route: '/predict' },
      (le) => share(total, le === '+Inf' ? 1 : upTo(Number(le), mean)),
    ),
    intent_http_request_duration_seconds_sum: [{ labels: { ...target, route: '/predict' }, value: share(total, mean) }],
    intent_http_request_duration_seconds_count: [{ labels: { ...target, route: '/predict' }, value: total }],
    intent_http_requests_rejected_total: [{ labels: { ...target, reason: 'rate_limit' }, value: share(total, 0.01) }],
    intent_http_requests_in_flight: [
      { labels: target, value: (seconds) => Math.round(2 + 2 * Math.sin(seconds / 70)) },
    ],
    nodejs_eventloop_lag_p99_seconds: [
      { labels: target, value: (seconds) => 0.011 + 0.001 * Math.sin(seconds / 50 + machine) },
    ],
    ...predictionMetrics({ ...target, model }, total),
  };
}

function predictionMetrics(labels: Record<string, string>, total: Sampled['value']): Metrics {
  const shares = [0.24, 0.38, 0.2, 0.12, 0.06];
  const confident = (le: string) => (le === '+Inf' ? 1 : Number(le) ** 3);
  return {
    intent_predictions_total: intents.map((intent, index) => ({
      labels: { ...labels, intent },
      value: share(total, shares[index] as number),
    })),
    intent_prediction_confidence_ratio_bucket: histogram(bucketBounds, labels, (le) => share(total, confident(le))),
    intent_prediction_confidence_ratio_sum: [{ labels, value: share(total, 0.75) }],
    intent_prediction_confidence_ratio_count: [{ labels, value: total }],
    intent_inference_duration_seconds_bucket: histogram(
      [...durationBounds.map((bound) => `${bound / 20}`), '+Inf'],
      labels,
      (le) => share(total, le === '+Inf' ? 1 : upTo(Number(le), 0.00004)),
    ),
    intent_inference_duration_seconds_sum: [{ labels, value: share(total, 0.00004) }],
    intent_inference_duration_seconds_count: [{ labels, value: total }],
  };
}

// As the rules record it: of a model, not of a machine.
function driftMetrics(model: string): Metrics {
  return {
    'model:intent_predictions:psi1h': [{ labels: { model }, value: () => 0.14 }],
    'model:intent_prediction_confidence:psi1h': [{ labels: { model }, value: () => 0.06 }],
  };
}

function machineMetrics(instance: string, machine: number): Metrics {
  const labels = { instance, job: 'node' };
  const swing = (seconds: number, period: number) => Math.sin(seconds / period + machine);
  return {
    node_cpu_seconds_total: [
      {
        labels: { ...labels, cpu: '0', mode: 'idle' },
        value: (seconds) => seconds * (0.6 - machine * 0.1) + 30 * swing(seconds, 200),
      },
    ],
    node_memory_MemAvailable_bytes: [{ labels, value: (seconds) => 1.1e9 - machine * 2e8 + 3e7 * swing(seconds, 300) }],
    node_memory_MemTotal_bytes: [{ labels, value: () => 2e9 }],
    node_filesystem_avail_bytes: [
      { labels: { ...labels, mountpoint: '/' }, value: (seconds) => 5e9 - seconds * 1e4 * machine },
    ],
    node_filesystem_size_bytes: [{ labels: { ...labels, mountpoint: '/' }, value: () => 8e9 }],
    intent_logs_behind_seconds: [
      { labels: { ...labels, unit: 'service' }, value: (seconds) => 2 + 1.5 * swing(seconds, 40) },
    ],
    intent_logs_shipped_lines_total: ['service', 'proxy', 'system'].map((unit, index) => ({
      labels: { ...labels, unit },
      value: (seconds: number) => seconds / (index + 1),
    })),
    nginx_connections_active: [
      { labels: { ...labels, job: 'nginx' }, value: (seconds) => Math.round(9 + 4 * swing(seconds, 110)) },
    ],
  };
}

/** Returns OpenMetrics text of a fleet of three machines, one of them with a new release that fails, at even steps. */
export function fleetSamples(start: number, end: number, step: number): string {
  const all = [
    ...machines.flatMap((instance, machine) => [serviceMetrics(instance, machine), machineMetrics(instance, machine)]),
    ...models.map(driftMetrics),
  ];
  const series = all.flatMap((metrics) => Object.entries(metrics));
  const lines = [...Map.groupBy(series, ([name]) => name)].flatMap(([name, groups]) => [
    `# TYPE ${name} unknown`,
    ...groups.flatMap(([, members]) => members.flatMap((member) => samplesOf(name, member, { start, end, step }))),
  ]);
  return `${lines.join('\n')}\n# EOF\n`;
}

interface Steps {
  start: number;
  end: number;
  step: number;
}

function samplesOf(name: string, { labels, value }: Sampled, { start, end, step }: Steps): string[] {
  const text = Object.entries(labels).map(([label, content]) => `${label}="${content}"`);
  return Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => {
    const seconds = index * step;
    return `${name}{${text}} ${value(seconds)} ${start + seconds}`;
  });
}
