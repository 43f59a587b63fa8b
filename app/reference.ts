import type { Tables } from '../common/generated-tables.ts';
import { markdownTable } from '../common/tables.ts';
import { createMetrics } from './observe/metrics.ts';
import { problemCatalogue } from './problems/catalogue.ts';
import { environmentSchema } from './settings.ts';

/** The generated tables in the service's documentation, by page and name. */
export const serviceTables: Record<string, Tables> = {
  'docs/service.md': { settings: settingsTable, metrics: metricsTable },
  'docs/api.md': { problems: problemsTable },
};

function settingsTable(): string {
  const rows = Object.entries(environmentSchema.shape).map(([name, schema]) => {
    const initial = schema.safeParse(undefined).data;
    return [`\`${name}\``, expectedOf(schema), initial === undefined ? '' : `\`${initial}\``, schema.description ?? ''];
  });
  return markdownTable(['variable', 'values', 'default', 'meaning'], rows);
}

// The outer schema has the description, the inner one has what it expects.
function expectedOf(schema: (typeof environmentSchema.shape)[keyof typeof environmentSchema.shape]): string {
  const inner = schema.def.innerType;
  return String(inner.meta()?.expected);
}

function problemsTable(): string {
  const rows = Object.entries(problemCatalogue).map(([name, { status, title }]) => [
    String(status),
    `\`urn:intent-fleet:problem:${name}\``,
    title,
  ]);
  return markdownTable(['status', 'type', 'title'], rows);
}

function metricsTable(): string {
  const metrics = createMetrics().registry.getMetricsAsArray() as unknown as MetricObject[];
  const own = metrics.filter(({ name }) => name.startsWith('intent_')).map(metricRow);
  return markdownTable(['metric', 'kind', 'labels', 'meaning'], own);
}

interface MetricObject {
  name: string;
  help: string;
  type: string;
  labelNames: string[];
}

function metricRow({ name, type, labelNames, help }: MetricObject): string[] {
  return [`\`${name}\``, type, labelNames.map((label) => `\`${label}\``).join(', '), help];
}
