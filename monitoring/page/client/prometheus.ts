import type { Panel } from '../../panel.ts';
import { type Alert, type AlertAnswer, type Matrix, ringingAlerts, type Series, seriesOf } from '../answers.ts';
import { type Range, type Span, timesOf } from '../ranges.ts';
import { alertsUrl, valuesUrl } from '../urls.ts';

/** Prometheus answers, and says why it does not do what it was asked. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** Fetches the series of a panel. */
export async function fetchSeries(panel: Panel, range: Range, span: Span, signal: AbortSignal): Promise<Series[]> {
  const answers = await Promise.all(
    panel.queries.map(({ query }) => ask<{ result: Matrix[] }>(valuesUrl(query, range, span), signal)),
  );
  return seriesOf(
    panel,
    answers.map(({ result }) => result),
    timesOf(span),
  );
}

/** Fetches the alerts that ring. */
export async function fetchAlerts(signal: AbortSignal): Promise<Alert[]> {
  const { alerts } = await ask<{ alerts: AlertAnswer[] }>(alertsUrl, signal);
  return ringingAlerts(alerts);
}

type Answer<Data> = { status: 'success'; data: Data } | { status: 'error'; error: string };

// A proxy in front answers without JSON: then Prometheus itself does not answer.
async function ask<Data>(url: string, signal: AbortSignal): Promise<Data> {
  const answer = (await (await fetch(url, { signal })).json()) as Answer<Data>;
  if (answer.status !== 'success') throw new RefusedError(answer.error);
  return answer.data;
}
