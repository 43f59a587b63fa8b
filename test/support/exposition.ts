/** A page of metrics in Prometheus' text format. */
export interface Exposition {
  types: Record<string, string>;
  /** The values by series: `name{label="value",…}` with the labels sorted by name. */
  values: Record<string, number>;
}

const sampleLine = /^(\w+)(?:\{(.*)\})? (\S+)$/;
const label = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** Parses a page of metrics; refuses a line that is none, and a series that comes twice. */
export function parseExposition(page: string): Exposition {
  const found: Exposition = { types: {}, values: {} };
  for (const line of page.split('\n').filter((text) => text !== '' && !text.startsWith('# HELP '))) {
    const [, name, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
    if (name && type) found.types[name] = type;
    else addSample(found.values, line);
  }
  return found;
}

function addSample(values: Exposition['values'], line: string): void {
  const [, name, labels = '', value] = sampleLine.exec(line) ?? [];
  if (!name || value === undefined) throw new Error(`expected a metric's value, got ${line}`);
  const sorted = [...labels.matchAll(label)].map(([pair]) => pair).sort();
  const series = sorted.length > 0 ? `${name}{${sorted.join(',')}}` : name;
  if (series in values) throw new Error(`expected ${series} once`);
  values[series] = Number(value);
}

/** Returns the values whose series begin with one of these texts. */
export function valuesOf({ values }: Exposition, ...beginnings: string[]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values).filter(([series]) => beginnings.some((beginning) => series.startsWith(beginning))),
  );
}
