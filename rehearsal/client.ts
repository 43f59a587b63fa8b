import type { CloudStatus } from './cloud/control.ts';
import type { MachineLogs } from './cloud/logs.ts';
import type { AccessKey } from './gateway/signature.ts';
import type { Place } from './place.ts';
import type { CloudKeys } from './registration.ts';

const anyKey: AccessKey = { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' };

/** A client of a running rehearsal's control API. */
export class CloudClient {
  readonly place: Place;
  /** The URL of the emulated AWS. */
  readonly endpoint: string;
  /** The key that requests to the emulated AWS are signed with. */
  readonly accessKey: AccessKey;
  readonly #token: string;
  readonly #timeoutMilliseconds: number;

  constructor(place: Place, { token, accessKey = anyKey }: CloudKeys, timeoutMilliseconds = 30_000) {
    this.place = place;
    this.endpoint = `http://127.0.0.1:${place.ports.api}`;
    this.accessKey = accessKey;
    this.#token = token;
    this.#timeoutMilliseconds = timeoutMilliseconds;
  }

  async status(): Promise<CloudStatus> {
    return (await this.#request('GET', 'status')) as CloudStatus;
  }

  /** Returns the logs of a machine, also of one that is gone; undefined if there never was one of that id. */
  async logs(machine: string): Promise<MachineLogs | undefined> {
    return (await this.#request('GET', `machines/${machine}/logs`)) as MachineLogs | undefined;
  }

  /** Kills a machine, as the failure of its host would. */
  async crash(machine: string): Promise<void> {
    if (!(await this.#request('POST', `machines/${machine}/crash`))) throw new Error(`There is no machine ${machine}`);
  }

  /** Limits the rehearsal's access key to an IAM policy; a cloud of an earlier version ignores it. */
  async usePolicy(policy: object): Promise<void> {
    await this.#request('PUT', 'policy', policy);
  }

  async stop(): Promise<void> {
    await this.#request('POST', 'stop');
  }

  async #request(method: string, path: string, input?: object): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.#token}` };
    // A cloud whose processes are stopped accepts connections and never answers.
    const signal = AbortSignal.timeout(this.#timeoutMilliseconds);
    const response = await fetch(`${this.endpoint}/_rehearsal/${path}`, {
      method,
      headers,
      signal,
      ...(input && { body: JSON.stringify(input) }),
    });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`The rehearsal answered ${response.status}: ${await response.text()}`);
    return response.json();
  }
}
