import { readableAddress } from '../common/readable-address.ts';

/** A line of Terraform's machine-readable output; only the parts that are used here. */
export interface TerraformEvent {
  type: string;
  '@message': string;
  diagnostic?: { severity: 'error' | 'warning'; summary: string; detail: string; address?: string };
  hook?: { resource?: { addr: string }; action?: string };
  /** Of a planned change. */
  change?: { resource: { addr: string; resource_type: string }; action: string };
  /** Of a plan, the outputs that it changes. */
  outputs?: Record<string, { action?: string }>;
}

/** A change that a plan makes, as Terraform tells it while it plans. */
export interface PlannedChange {
  address: string;
  /** Such as `aws_lb_listener`. */
  type: string;
  /** Such as `update`, or `replace`. */
  action: string;
}

/** What a plan changes: resources, and the names of outputs. */
export interface PlannedChanges {
  resources: PlannedChange[];
  outputs: string[];
}

/** Actions that change nothing. */
const passive = new Set(['noop', 'no-op', 'read']);

/** Returns what a plan changes, by the events of its making: reading the plan itself takes Terraform seconds. */
export function plannedChangesOf(events: readonly TerraformEvent[]): PlannedChanges {
  const resources = events.filter(changes).map(({ change: { resource, action } }) => {
    return { address: resource.addr, type: resource.resource_type, action };
  });
  const outputs = events.flatMap(({ outputs = {} }) => Object.entries(outputs));
  return { resources, outputs: outputs.flatMap(([name, { action = 'noop' }]) => (passive.has(action) ? [] : [name])) };
}

function changes(event: TerraformEvent): event is TerraformEvent & Required<Pick<TerraformEvent, 'change'>> {
  return event.type === 'planned_change' && event.change !== undefined && !passive.has(event.change.action);
}

/** Parses a line of output; a line that is no event becomes one of type `text`. */
export function parseEvent(line: string): TerraformEvent {
  try {
    return JSON.parse(line) as TerraformEvent;
  } catch {
    return { type: 'text', '@message': line };
  }
}

/** Returns the errors among events, a paragraph each. */
export function errorsOf(events: readonly TerraformEvent[]): string {
  return events
    .filter(({ diagnostic }) => diagnostic?.severity === 'error')
    .map(({ diagnostic }) => paragraphOf(diagnostic))
    .join('\n');
}

function paragraphOf(diagnostic: TerraformEvent['diagnostic']): string {
  const { address, summary = '', detail = '' } = diagnostic ?? {};
  return [address ? `${address}: ${summary}` : summary, detail].filter(Boolean).join('\n');
}

/** Resources that the provider waits for when it creates them, whatever the cloud answers. */
const fixedWaits: Record<string, string> = { aws_lb: "AWS's provider waits a minute for a new load balancer" };

/** Follows an apply: the number of finished changes and the change that has been running for the longest time. */
export class ApplyProgress {
  #total: number;
  readonly #countsPlanned: boolean;
  /** The changes that are running, in the order in which they began, with what is known of their waits. */
  readonly #running = new Map<string, string | undefined>();
  #done = 0;

  /** `total`: the number of changes in the plan; 0 where the apply plans them itself. */
  constructor(total: number) {
    this.#total = total;
    // An apply of a plan tells what was planned once more.
    this.#countsPlanned = total === 0;
  }

  see(event: TerraformEvent): void {
    if (this.#countsPlanned && changes(event)) this.#total++;
    const address = event.hook?.resource?.addr ?? '';
    if (address.startsWith('data.')) return;
    if (event.type === 'apply_start') this.#running.set(address, waitOf(address, event.hook?.action));
    if (event.type !== 'apply_complete' && event.type !== 'apply_errored') return;
    this.#running.delete(address);
    this.#done++;
  }

  get line(): string {
    if (this.#total === 0) return 'planning';
    const [longest, wait] = [...this.#running][0] ?? [];
    const running = longest === undefined ? '' : `, on ${readableAddress(longest)}${wait ? ` (${wait})` : ''}`;
    return `${Math.min(this.#done, this.#total)} of ${this.#total}${running}`;
  }
}

function waitOf(address: string, action: string | undefined): string | undefined {
  return action === 'create' ? fixedWaits[address.split('.')[0] ?? ''] : undefined;
}
