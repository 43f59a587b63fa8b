import { randomBytes } from 'node:crypto';

/** The session tokens of the metadata service; each is valid for one address and one lifetime. */
export class SessionTokens {
  readonly #now: () => number;
  readonly #issued = new Map<string, { address: string; expires: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  issue(address: string, seconds: number): string {
    const token = randomBytes(32).toString('base64url');
    this.#issued.set(token, { address, expires: this.#now() + seconds * 1000 });
    return token;
  }

  isValid(token: string, address: string): boolean {
    const issued = this.#issued.get(token);
    return issued !== undefined && issued.address === address && issued.expires > this.#now();
  }
}
