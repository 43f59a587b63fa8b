import { readableAddress } from './address.ts';

/** A line of Terraform's machine-readable output, as far as it is used here. */
export interface TerraformEvent {
  type: string;
  '@message': string;
  diagnostic?: { severity: 'error' | 'warning'; summary: string; detail: string; address?: string };
  hook?: { resource?: { addr: string }; action?: string; elapsed_seconds?: number };
  changes?: { add: number; change: number; remove: number; operation: string };
}

/** The event that a line of output holds; lines that hold none become one of the type `text`. */
export function parseEvent(line: string): TerraformEvent {
  try {
    return JSON.parse(line) as TerraformEvent;
  } catch {
    return { type: 'text', '@message': line };
  }
}

/** The errors among events, a paragraph each. */
export function errorsOf(events: readonly TerraformEvent[]): string {
  return events
    .filter(({ diagnostic }) => diagnostic?.severity === 'error')
    .map(({ diagnostic }) => describe(diagnostic))
    .join('\n');
}

function describe(diagnostic: TerraformEvent['diagnostic']): string {
  const { address, summary = '', detail = '' } = diagnostic ?? {};
  return [address ? `${address}: ${summary}` : summary, detail].filter(Boolean).join('\n');
}

/** Follows an apply: what is done, what is under way, and a sentence for a progress display. */
export class ApplyProgress {
  readonly #total: number;
  readonly #underWay = new Set<string>();
  #done = 0;

  /** `total` is the number of changes that the plan has. */
  constructor(total: number) {
    this.#total = total;
  }

  see(event: TerraformEvent): void {
    const address = event.hook?.resource?.addr ?? '';
    if (event.type === 'apply_start') this.#underWay.add(address);
    if (event.type !== 'apply_complete' && event.type !== 'apply_errored') return;
    this.#underWay.delete(address);
    this.#done++;
  }

  get line(): string {
    const [longest] = this.#underWay;
    const waiting = longest ? `, on ${readableAddress(longest)}` : '';
    return `${Math.min(this.#done, this.#total)} of ${this.#total}${waiting}`;
  }
}
