import { z } from 'zod';
import { UserError } from '../common/errors.ts';
import { parseJson } from '../common/parse-json.ts';
import type { Outputs } from '../stacks/outputs.ts';
import { ask } from './ask.ts';
import { type DashboardState, dashboardState } from './dashboard.ts';
import type { Endpoint } from './endpoint.ts';
import { tlsOptionsOf } from './endpoint-tls.ts';

/** A series of an instant query: its labels, and its value now; NaN where there was nothing to divide by. */
export interface Sample {
  labels: Record<string, string>;
  value: number;
}

const answerSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});

/** Asks the Prometheus of a stage's monitoring machine, through the load balancer, for the vector of an expression. */
export async function queryPrometheus(endpoint: Endpoint, expression: string): Promise<Sample[]> {
  const url = new URL('/monitoring/prometheus/api/v1/query', endpoint.url);
  url.searchParams.set('query', expression);
  const [status, body] = await ask(url, await tlsOptionsOf(endpoint));
  const { data: answer } = answerSchema.safeParse(parseJson(body));
  if (!answer) throw new UserError(`Prometheus answers a query with status ${status}: ${body.slice(0, 200)}`);
  return answer.data.result.map(({ metric: labels, value: [, value] }) => ({ labels, value: Number(value) }));
}

/** Asks for the vectors of several expressions at the same time, by name. */
export async function queryAll<Name extends string>(
  endpoint: Endpoint,
  expressions: Record<Name, string>,
): Promise<Record<Name, Sample[]>> {
  const asked = Object.entries<string>(expressions).map(
    async ([name, expression]) => [name, await queryPrometheus(endpoint, expression)] as const,
  );
  return Object.fromEntries(await Promise.all(asked)) as Record<Name, Sample[]>;
}

/** Returns the value of the sample whose label has a value; null where there is none, or nothing to divide by. */
export function valueWith(samples: readonly Sample[], label: string, is: string): number | null {
  const value = samples.find(({ labels }) => labels[label] === is)?.value;
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** Returns why Prometheus cannot be asked from here, and what to do; undefined where it can. */
export async function whyNoPrometheus(
  endpoint: Endpoint,
  outputs: Pick<Outputs, 'monitoring_target_group'>,
  stage: string,
): Promise<string | undefined> {
  if (outputs.monitoring_target_group === undefined)
    return `${stage} has no monitoring machine (monitoring.enabled in stages/${stage}.yaml)`;
  const reasons: Record<DashboardState, string | undefined> = {
    open: undefined,
    closed: `the load balancer does not admit this address to the monitoring machine (monitoring.allow in stages/${stage}.yaml)`,
    starting: 'the monitoring machine does not answer',
  };
  return reasons[await dashboardState(endpoint)];
}
