import type { MachineLogs } from './cloud/logs.ts';
import type { CloudStatus } from './cloud/status.ts';
import type { Place } from './place.ts';
import type { Registration } from './registration.ts';

/** Speaks to a running rehearsal. */
export class CloudClient {
  readonly endpoint: string;
  readonly #token: string;

  constructor(place: Place, { token }: Registration) {
    this.endpoint = `http://127.0.0.1:${place.ports.api}`;
    this.#token = token;
  }

  async status(): Promise<CloudStatus> {
    return (await this.#ask('GET', 'status')) as CloudStatus;
  }

  /** Undefined where no machine of that id has ever been. */
  async logs(machine: string): Promise<MachineLogs | undefined> {
    return (await this.#ask('GET', `machines/${machine}/logs`)) as MachineLogs | undefined;
  }

  /** Ends a machine as a broken host would. */
  async crash(machine: string): Promise<void> {
    if (!(await this.#ask('POST', `machines/${machine}/crash`))) throw new Error(`There is no machine ${machine}`);
  }

  async stop(): Promise<void> {
    await this.#ask('POST', 'stop');
  }

  async #ask(method: string, path: string): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.#token}` };
    const response = await fetch(`${this.endpoint}/_rehearsal/${path}`, { method, headers });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`The rehearsal answered ${response.status}: ${await response.text()}`);
    return response.json();
  }
}
