import type { TestFn } from 'ava';
import { Checkout } from '../../benchmarks/faults/checkout.ts';
import { tracesOf } from '../../benchmarks/faults/traces.ts';
import { placeBeside } from '../../rehearsal/place.ts';

/** What `make rehearsal` prints. */
export interface Printed {
  /** The environment with the variables that lead to the rehearsal. */
  environment: NodeJS.ProcessEnv;
  /** The URL of the first listener on port 80. */
  url: string;
}

/** A rehearsal that belongs to no stage, in a checkout of its own. */
export class OwnRehearsal {
  readonly #checkout: Checkout;
  readonly #name: string;

  private constructor(checkout: Checkout, name: string) {
    this.#checkout = checkout;
    this.#name = name;
  }

  static async in(name: string): Promise<OwnRehearsal> {
    return new OwnRehearsal(await Checkout.copy(), name);
  }

  /** Runs `make rehearsal`. */
  async start(): Promise<Printed> {
    const { exitCode, stdout, stderr } = await this.#checkout.start('-s', 'rehearsal', `NAME=${this.#name}`);
    if (exitCode !== 0) throw new Error(stderr);
    const exported = [...stdout.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]);
    const unset = (/^unset (.*)$/m.exec(stdout)?.[1] ?? '').split(' ').map((name) => [name, undefined]);
    const url = /http:\/\/localhost:\d+/.exec(stderr)?.[0] ?? '';
    return { environment: { ...process.env, ...Object.fromEntries([...unset, ...exported]) }, url };
  }

  /** Runs `make rehearsal-stop`; returns what it says, and what is left on this machine. */
  async stop(): Promise<{ output: string; traces: string[] }> {
    const { output } = await this.#checkout.make('rehearsal-stop', `NAME=${this.#name}`);
    const { folder } = this.#checkout;
    return { output, traces: await tracesOf(folder, placeBeside(folder, this.#name)) };
  }

  async remove(): Promise<void> {
    await this.#checkout.remove();
  }
}

/** Starts a rehearsal before the tests of a file, and stops it after them, which must leave nothing; each twice, as users do. */
export function useOwnRehearsal(test: TestFn, name: string): () => Printed {
  let rehearsal: OwnRehearsal | undefined;
  let printed: Printed | undefined;
  test.before('make rehearsal', async (t) => {
    rehearsal = await OwnRehearsal.in(name);
    printed = await rehearsal.start();
    t.deepEqual(await rehearsal.start(), printed);
  });
  test.after.always('make rehearsal-stop', async (t) => {
    if (!rehearsal) return;
    const [first, second] = [await rehearsal.stop(), await rehearsal.stop()];
    await rehearsal.remove();
    t.deepEqual(first, { output: 'The rehearsal is gone, with all that was built in it.', traces: [] });
    t.deepEqual(second, { output: 'There was no rehearsal.', traces: [] });
  });
  return () => {
    if (!printed) throw new Error('The rehearsal was not started');
    return printed;
  };
}
