import type { Condition, Rule } from '../emulator/desired-state.ts';

/** A variable of nginx that depends on another one: a block `map`, `geo` or `split_clients`. */
export interface NginxMap {
  kind: 'map' | 'geo' | 'split_clients';
  /** What it depends on; `geo` without it depends on the client's address. */
  source: string;
  variable: string;
  lines: string[];
}

/** Returns the maps whose variable `$<key>_action` is the index of the first rule that applies to a request. */
export function ruleMaps(key: string, rules: readonly Rule[]): NginxMap[] {
  const limited = rules.slice(0, -1);
  const conditions = limited.flatMap(({ conditions }, rule) =>
    conditions.map((condition, index) => conditionMap(`$${key}_${rule}_${index}`, condition)),
  );
  const applies = limited.map(({ conditions }, rule) => ({
    kind: 'map' as const,
    source: quoted(conditions.map((_, index) => `\${${key}_${rule}_${index}}`).join('')),
    variable: `$${key}_${rule}`,
    lines: ['default 0', `"${'1'.repeat(conditions.length)}" 1`],
  }));
  const action = {
    kind: 'map' as const,
    source: quoted(limited.map((_, rule) => `\${${key}_${rule}}`).join('')),
    variable: `$${key}_action`,
    lines: [`default ${limited.length}`, ...limited.map((_, rule) => `"~^0{${rule}}1" ${rule}`)],
  };
  return [...conditions, ...applies, action];
}

/** Returns the map whose variable is 1 for the clients of some networks; to nginx, all networks are the default. */
export function networkMap(variable: string, networks: readonly string[]): NginxMap {
  const isOpen = networks.includes('0.0.0.0/0');
  const lines = isOpen ? ['default 1'] : ['default 0', ...new Set(networks.map((cidr) => `${cidr} 1`))];
  return { kind: 'geo', source: '', variable, lines };
}

function conditionMap(variable: string, condition: Condition): NginxMap {
  if (condition.kind === 'source') return networkMap(variable, condition.values);
  const [source, patterns] = patternsOf(condition);
  return { kind: 'map', source, variable, lines: ['default 0', ...patterns.map((pattern) => `"${pattern}" 1`)] };
}

// As Application Load Balancers do: paths and methods are case-sensitive, hosts, headers and queries are not.
function patternsOf(condition: Exclude<Condition, { kind: 'source' }>): [source: string, patterns: string[]] {
  switch (condition.kind) {
    case 'path':
      return ['$request_path', condition.values.map((value) => `~^${wildcards(value)}$`)];
    case 'method':
      return ['$request_method', condition.values.map((value) => `~^${value}$`)];
    case 'host':
      return ['$host', condition.values.map((value) => `~*^${wildcards(value)}$`)];
    case 'header':
      return [headerVariable(condition.name), condition.values.map((value) => `~*^${wildcards(value)}$`)];
    case 'query':
      return ['$args', condition.values.map(queryPattern)];
  }
}

function headerVariable(name: string): string {
  return `$http_${name.toLowerCase().replace(/[^a-z0-9]/g, '_')}`;
}

function queryPattern({ key, value }: { key: string | undefined; value: string }): string {
  const any = '[^&]*';
  const name = key === undefined ? '[^&=]*' : wildcards(key, any);
  return `~*(?:^|&)${name}=${wildcards(value, any)}(?:&|$)`;
}

/** Returns the regular expression of a text in which `*` stands for any characters and `?` for one. */
function wildcards(text: string, any = '.*'): string {
  return [...text].map((character) => ({ '*': any, '?': '.' })[character] ?? literal(character)).join('');
}

// Escapes by codes need no attention to what nginx's own syntax means by a backslash, a quote or a dollar.
function literal(character: string): string {
  if (/[A-Za-z0-9/_-]/.test(character)) return character;
  return [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

function quoted(text: string): string {
  return `"${text}"`;
}
