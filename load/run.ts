import type { Endpoint } from '../deployments/endpoint.ts';
import { tlsOptionsOf } from '../deployments/endpoint-tls.ts';
import { LoadClient } from './client.ts';
import { generateLoad } from './generate.ts';
import type { LoadOptions } from './options.ts';
import { progressLine } from './progress.ts';
import type { LoadResult } from './result.ts';
import { atRate, withoutPause } from './schedule.ts';
import { Tally } from './tally.ts';

export interface RunProps {
  endpoint: Pick<Endpoint, 'url' | 'authority' | 'acceptsAnyName'>;
  texts: readonly string[];
  options: Pick<LoadOptions, 'rate' | 'connections' | 'seconds' | 'apiKey'>;
  signal: AbortSignal;
  /** Receives a line each second. */
  report: (line: string) => void;
}

const timeoutMilliseconds = 10_000;

/** Sends texts to an endpoint; returns the figures, and the number of requests that could not be sent in time. */
export async function runLoad(props: RunProps): Promise<{ result: LoadResult; unsent: number }> {
  const { endpoint, texts, options, signal, report } = props;
  const { rate, connections, seconds, apiKey } = options;
  const tally = new Tally();
  const client = new LoadClient({
    ...{ url: endpoint.url, tls: await tlsOptionsOf(endpoint) },
    ...{ connections, timeoutMilliseconds, apiKey },
  });
  const schedule = rate === undefined ? withoutPause(seconds) : atRate(rate, seconds);
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1000;
  const display = setInterval(() => report(progressLine(tally, elapsed(), seconds)), 1000);
  try {
    const sentFor = await generateLoad({
      ...{ client, schedule, connections, seconds, signal },
      bodies: texts.map((text) => JSON.stringify({ text })),
      onRequest: (request) => tally.add(request),
    });
    return { result: tally.result(sentFor), unsent: signal.aborted ? 0 : schedule.unsent() };
  } finally {
    clearInterval(display);
  }
}
