import { Counter, exponentialBuckets, Gauge, type Registry } from 'prom-client';
import { Distribution, exposeHistogram } from '../../common/metrics/distribution.ts';

// From 0.1 ms, the time of an ordinary answer, to 1.6 s.
const durationBuckets = exponentialBuckets(0.0001, 2, 15);

/** A request that was answered or given up. */
export interface FinishedRequest {
  method: string;
  /** The documented path, such as `/v2/models/{model}`. */
  route: string;
  status: number;
  seconds: number;
}

/** The counts of one route's requests. */
interface RouteTally {
  durations: Distribution;
  /** The number of requests by method and status. */
  answers: Map<string, Map<number, number>>;
}

/** Counts requests in plain numbers; prom-client reads them at a scrape. */
export class Traffic {
  #inFlight = 0;
  readonly #routes = new Map<string, RouteTally>();

  constructor(registry: Registry) {
    exposeInFlight(registry, () => this.#inFlight);
    exposeRequests(registry, this.#routes);
    exposeHistogram({
      name: 'intent_http_request_duration_seconds',
      help: 'Time from a request head to the end of its answer',
      labelNames: ['route'],
      registry,
      series: () => [...this.#routes].map(([route, { durations }]) => [{ route }, durations]),
    });
  }

  begin(): void {
    this.#inFlight += 1;
  }

  end({ method, route, status, seconds }: FinishedRequest): void {
    this.#inFlight -= 1;
    const { durations, answers } = entry(this.#routes, route, emptyTally);
    durations.observe(seconds);
    const statuses = entry(answers, method, () => new Map<number, number>());
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
}

function emptyTally(): RouteTally {
  return { durations: new Distribution(durationBuckets), answers: new Map() };
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const existing = map.get(key);
  if (existing) return existing;
  const created = create();
  map.set(key, created);
  return created;
}

function exposeInFlight(registry: Registry, inFlight: () => number): void {
  new Gauge({
    name: 'intent_http_requests_in_flight',
    help: 'Requests in flight',
    registers: [registry],
    collect() {
      this.set(inFlight());
    },
  });
}

function exposeRequests(registry: Registry, routes: Map<string, RouteTally>): void {
  new Counter({
    name: 'intent_http_requests_total',
    help: 'Requests by method, route and status; 499 means that the client closed the connection',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [route, { answers }] of routes)
        for (const [method, statuses] of answers)
          for (const [status, count] of statuses) this.inc({ method, route, status }, count);
    },
  });
}
