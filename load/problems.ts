import type { Stage } from '../stages/load.ts';
import type { Counts, LoadResult } from './result.ts';

/** Says how many requests have failed, and which limits have refused them; undefined if none has. */
export function failureOf({ failures, requests, statuses, limits }: LoadResult, stage: Stage): string | undefined {
  if (failures === 0) return undefined;
  const failed = Object.entries(statuses).filter(([status]) => !/^2\d\d$/.test(status));
  const counted = failed.map(([status, count]) => `${count} × ${status}`).join(', ');
  return [
    `${failures} of ${requests} requests failed: ${counted}`,
    ...withoutKey(statuses),
    ...refusals(limits, stage),
  ].join('\n');
}

function withoutKey({ 401: count }: Counts): string[] {
  if (count === undefined) return [];
  return [`${count} had no API key that is known (401). Send one: API_KEY=…; make api-key NAME=load makes it.`];
}

function refusals(limits: Counts, { name, settings: { proxy, service } }: Stage): string[] {
  const { requestsPerSecond, burst } = proxy.rateLimit;
  const { requests, windowSeconds } = service.rateLimit;
  const limitOf: Record<string, string> = {
    machine: `proxy.rateLimit: each machine allows ${requestsPerSecond} requests a second and a burst of ${burst} to a client`,
    requests: `service.rateLimit: each worker allows ${requests} requests in ${windowSeconds} s to a client`,
  };
  const refused = Object.entries(limits).map(
    ([limit, count]) =>
      `The rate limit refused ${count} (429). ${limitOf[limit] ?? 'It names no setting of the stage'}.`,
  );
  return refused.length > 0 ? [...refused, `Send fewer (RATE=…), or raise the limit in stages/${name}.yaml.`] : [];
}

/** Says that less was sent than RATE asks for; undefined where all was. */
export function shortfallOf(unsent: number, rate: number | undefined, connections: number): string | undefined {
  if (unsent === 0 || rate === undefined) return undefined;
  return (
    `RATE=${rate} was not reached: ${unsent} requests were not sent, because all ${connections} connections waited for answers; ` +
    'CONNECTIONS=… allows more'
  );
}
