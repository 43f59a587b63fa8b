import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMetrics } from './observe/metrics.ts';
import { problemCatalogue } from './problems/catalogue.ts';
import { environmentSchema } from './settings.ts';

/** The tables in the service's documentation that are made from its code, by the page and the place that they are in. */
export const serviceTables = {
  'docs/service.md': { settings: settingsTable, metrics: metricsTable },
  'docs/api.md': { problems: problemsTable },
} as const satisfies Record<string, Record<string, () => string>>;

/** Makes all of them anew. */
export async function writeServiceTables(checkout: string): Promise<void> {
  for (const [page, tables] of Object.entries(serviceTables)) {
    const path = join(checkout, page);
    await writeFile(path, withTables(await readFile(path, 'utf8'), tables));
  }
}

/** A page with its tables made anew, between `<!-- name -->` and `<!-- /name -->`. */
export function withTables(page: string, tables: Record<string, () => string>): string {
  return Object.entries(tables).reduce((text, [name, table]) => {
    const place = new RegExp(`<!-- ${name} -->\\n[\\s\\S]*?<!-- /${name} -->`);
    if (!place.test(text)) throw new Error(`expected <!-- ${name} --> and <!-- /${name} --> in the page, got neither`);
    return text.replace(place, () => `<!-- ${name} -->\n${table()}\n<!-- /${name} -->`);
  }, page);
}

function table(head: string[], rows: string[][]): string {
  const render = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [render(head), `|${'---|'.repeat(head.length)}`, ...rows.map(render)].join('\n');
}

function settingsTable(): string {
  const rows = Object.entries(environmentSchema.shape).map(([name, schema]) => {
    const initial = schema.safeParse(undefined).data;
    return [`\`${name}\``, expectedOf(schema), initial === undefined ? '' : `\`${initial}\``, schema.description ?? ''];
  });
  return table(['variable', 'may be', 'default', 'what it does'], rows);
}

// The description is attached to the outermost schema, what is expected to the one inside.
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
  return table(['status', 'type', 'title'], rows);
}

function metricsTable(): string {
  const metrics = createMetrics().registry.getMetricsAsArray() as unknown as Described[];
  const own = metrics.filter(({ name }) => name.startsWith('intent_')).map(describeMetric);
  return table(['metric', 'kind', 'labels', 'what it says'], own);
}

interface Described {
  name: string;
  help: string;
  type: string;
  labelNames: string[];
}

function describeMetric({ name, type, labelNames, help }: Described): string[] {
  return [`\`${name}\``, type, labelNames.map((label) => `\`${label}\``).join(', '), help];
}
