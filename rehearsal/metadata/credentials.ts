import { randomBytes } from 'node:crypto';
import type { Credentials } from '../gateway/signature.ts';

const lifetimeMilliseconds = 6 * 60 * 60 * 1000;

/** Temporary credentials, with the instance that has got them. */
export interface IssuedCredentials {
  instance: string;
  credentials: Credentials;
}

/** Issues temporary credentials for the machines' roles, and keeps them in memory until their instance is gone. */
export class CredentialIssuer {
  // By their access key ids. Those that have been renewed are valid until they expire.
  readonly #issued = new Map<string, IssuedCredentials>();

  /** Returns the credentials of an instance; renews them after half of their lifetime. */
  of(instance: string): Credentials {
    const known = this.#of(instance).at(-1)?.credentials;
    if (known && known.expiration.getTime() - Date.now() > lifetimeMilliseconds / 2) return known;
    const credentials = {
      accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(96).toString('base64'),
      expiration: new Date(Date.now() + lifetimeMilliseconds),
    };
    this.#issued.set(credentials.accessKeyId, { instance, credentials });
    return credentials;
  }

  /** Returns the credentials with an access key id; undefined if it was not issued or its instance is gone. */
  find(accessKeyId: string): IssuedCredentials | undefined {
    return this.#issued.get(accessKeyId);
  }

  forget(instance: string): void {
    for (const { credentials } of this.#of(instance)) this.#issued.delete(credentials.accessKeyId);
  }

  #of(instance: string): IssuedCredentials[] {
    return [...this.#issued.values()].filter((one) => one.instance === instance);
  }
}
