import { randomBytes } from 'node:crypto';
import type { Credentials } from '../gateway/signature.ts';

const lifetimeMilliseconds = 6 * 60 * 60 * 1000;

/** Issues temporary credentials for the machines' roles, and keeps them in memory. */
export class CredentialIssuer {
  readonly #byInstance = new Map<string, Credentials>();

  /** Returns the credentials of an instance; renews them after half of their lifetime. */
  of(instance: string): Credentials {
    const known = this.#byInstance.get(instance);
    if (known && known.expiration.getTime() - Date.now() > lifetimeMilliseconds / 2) return known;
    const issued = {
      accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(96).toString('base64'),
      expiration: new Date(Date.now() + lifetimeMilliseconds),
    };
    this.#byInstance.set(instance, issued);
    return issued;
  }

  /** Returns the credentials with an access key id; undefined if it was not issued or its instance is gone. */
  find(accessKeyId: string): Credentials | undefined {
    return [...this.#byInstance.values()].find((credentials) => credentials.accessKeyId === accessKeyId);
  }

  /** Returns the instance whose credentials have an access key id. */
  instanceOf(accessKeyId: string): string | undefined {
    return [...this.#byInstance].find(([, credentials]) => credentials.accessKeyId === accessKeyId)?.[0];
  }

  forget(instance: string): void {
    this.#byInstance.delete(instance);
  }
}
