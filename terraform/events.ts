import { readableAddress } from './address.ts';

/** A line of Terraform's machine-readable output; only the parts that are used here. */
export interface TerraformEvent {
  type: string;
  '@message': string;
  diagnostic?: { severity: 'error' | 'warning'; summary: string; detail: string; address?: string };
  hook?: { resource?: { addr: string } };
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

/** Follows an apply: the number of finished changes and the change that has been running for the longest time. */
export class ApplyProgress {
  readonly #total: number;
  readonly #running = new Set<string>();
  #done = 0;

  /** `total`: the number of changes in the plan. */
  constructor(total: number) {
    this.#total = total;
  }

  see(event: TerraformEvent): void {
    const address = event.hook?.resource?.addr ?? '';
    if (event.type === 'apply_start') this.#running.add(address);
    if (event.type !== 'apply_complete' && event.type !== 'apply_errored') return;
    this.#running.delete(address);
    this.#done++;
  }

  get line(): string {
    const [longest] = this.#running;
    const waiting = longest ? `, on ${readableAddress(longest)}` : '';
    return `${Math.min(this.#done, this.#total)} of ${this.#total}${waiting}`;
  }
}
