import { diffLines } from 'diff';
import { readableAddress } from '../common/readable-address.ts';
import type { PlannedChanges } from './events.ts';
import { shortenedPair } from './shortened.ts';

/** A plan as `terraform show -json` prints it; only the parts that are used here. */
export interface PlanDocument {
  resource_changes?: ResourceChange[];
  output_changes?: Record<string, { actions: string[] }>;
}

export interface ResourceChange {
  address: string;
  /** Such as `aws_vpc`. */
  type: string;
  mode: 'managed' | 'data';
  /** Why the actions are these, such as `replace_because_tainted`. */
  action_reason?: string;
  /** The key of an object that its replacement has set aside, in a change of that object. */
  deposed?: string;
  change: {
    actions: ('no-op' | 'create' | 'read' | 'update' | 'delete')[];
    before: Record<string, unknown> | null;
    after: Record<string, unknown> | null;
    after_unknown: Record<string, unknown>;
    /** The paths of the attributes for which the resource is replaced. */
    replace_paths?: (string | number)[][];
  };
}

/**
 * Returns a plan that only creates resources, or only deletes them, by what Terraform tells while it plans; undefined for another
 * one. People see no more of such a resource than its address, and to read the whole plan takes Terraform seconds.
 */
export function planOfOnly(
  kind: 'create' | 'delete',
  { resources, outputs }: PlannedChanges,
): PlanDocument | undefined {
  if (resources.some(({ action }) => action !== kind)) return undefined;
  const change: ResourceChange['change'] = { actions: [kind], before: null, after: null, after_unknown: {} };
  return {
    resource_changes: resources
      .toSorted((one, other) => (one.address < other.address ? -1 : 1))
      .map(({ address, type }) => ({ address, type, mode: modeOf(address), change })),
    output_changes: Object.fromEntries(outputs.map((name) => [name, { actions: ['update'] }])),
  };
}

function modeOf(address: string): ResourceChange['mode'] {
  return address.startsWith('data.') ? 'data' : 'managed';
}

/** Returns the changes of a plan without reads and unchanged resources. */
export function changesOf(plan: PlanDocument): ResourceChange[] {
  return (plan.resource_changes ?? []).filter(
    ({ mode, change }) =>
      mode === 'managed' && change.actions.some((action) => action !== 'no-op' && action !== 'read'),
  );
}

/** Returns the names of the outputs that a plan changes. */
export function outputChangesOf({ output_changes: outputs = {} }: PlanDocument): string[] {
  return Object.entries(outputs).flatMap(([name, { actions }]) =>
    actions.every((action) => action === 'no-op') ? [] : name,
  );
}

/** Returns the number of steps that an apply of these changes takes: a replacement takes two. */
export function stepsOf(changes: readonly ResourceChange[]): number {
  return changes.reduce((sum, { change }) => sum + change.actions.length, 0);
}

/** Functions that colour a text. */
export interface Colours {
  green: (text: string) => string;
  yellow: (text: string) => string;
  red: (text: string) => string;
}

const signs = {
  create: '+',
  update: '~',
  replace: '±',
  delete: '-',
};

export type Kind = keyof typeof signs;

/** Returns a plan for people: one line per change, its changed attributes below it, user data decoded and compared. */
export function summarizePlan(plan: PlanDocument, colours: Colours): string {
  const changes = changesOf(plan);
  if (changes.length === 0) return withoutResources(outputChangesOf(plan));
  return [...changes.flatMap((change) => changeLines(change, colours)), '', totals(changes)].join('\n');
}

function withoutResources(outputs: readonly string[]): string {
  if (outputs.length === 0) return 'No changes: the deployment matches the settings.';
  return `No resource changes, only outputs in the state: ${outputs.join(', ')}`;
}

function totals(changes: readonly ResourceChange[]): string {
  const count = (kind: Kind) => changes.filter((change) => kindOf(change) === kind).length;
  const kinds = Object.keys(signs) as Kind[];
  return kinds.map((kind) => `${signs[kind]} ${count(kind)} to ${kind}`).join(', ');
}

/** Returns what a change does to its resource. */
export function kindOf({ change: { actions } }: ResourceChange): Kind {
  if (actions.includes('create') && actions.includes('delete')) return 'replace';
  if (actions.includes('create')) return 'create';
  return actions.includes('delete') ? 'delete' : 'update';
}

function changeLines(change: ResourceChange, colours: Colours): string[] {
  const kind = kindOf(change);
  const paint = { create: colours.green, update: colours.yellow, replace: colours.yellow, delete: colours.red }[kind];
  const line = paint(`${signs[kind]} ${readableAddress(change.address)}${reasonOf(change)}`);
  const details = kind === 'update' || kind === 'replace' ? attributeLines(change, colours) : [];
  return [line, ...details.map((detail) => `    ${detail}`)];
}

/** Why a resource is replaced; empty where it is not. */
function reasonOf({ action_reason: reason, change: { replace_paths: paths = [] } }: ResourceChange): string {
  if (reason === 'replace_because_tainted') return ', whose creation had failed';
  const names = [...new Set(paths.map(([name]) => name))];
  return names.length === 0 ? '' : `, of which ${names.join(', ')} cannot be changed`;
}

/** Returns the names of the attributes that a change gives another value, without those that the provider fills in. */
export function changedAttributes({ change }: ResourceChange): string[] {
  const { before, after, after_unknown: unknown } = change;
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return names.filter(
    // For a list or a mapping, the unknown holds an empty one where its elements are known.
    (name) => unknown[name] !== true && JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
  );
}

function attributeLines(resource: ResourceChange, colours: Colours): string[] {
  const { before, after, actions } = resource.change;
  return changedAttributes(resource).flatMap((name) => {
    const [old, now] = [before?.[name], after?.[name]];
    // The provider writes nothing in different ways.
    if (isNothing(old) && isNothing(now)) return [];
    // The provider fills in what the new resource does not set.
    if (actions.includes('create') && (now === null || now === undefined)) return [];
    return name === 'user_data' ? userDataLines(old, now, colours) : [`${name}: ${pairOf(old, now)}`];
  });
}

function isNothing(value: unknown): boolean {
  const isEmpty = typeof value === 'object' && Object.keys(value ?? {}).length === 0;
  return isEmpty || value === undefined || value === '';
}

function pairOf(old: unknown, now: unknown): string {
  return shortenedPair(JSON.stringify(old ?? null), JSON.stringify(now ?? null)).join(' → ');
}

function userDataLines(old: unknown, now: unknown, colours: Colours): string[] {
  const lines = diffLines(decode(old), decode(now)).flatMap(({ added, removed, value }) => {
    if (!added && !removed) return [];
    const paint = added ? colours.green : colours.red;
    return value
      .trimEnd()
      .split('\n')
      .map((line) => paint(`  ${added ? '+' : '-'} ${line}`));
  });
  return ['user_data:', ...lines];
}

function decode(base64: unknown): string {
  return typeof base64 === 'string' ? Buffer.from(base64, 'base64').toString() : '';
}
