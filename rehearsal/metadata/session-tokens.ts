import { createHmac, randomBytes } from 'node:crypto';
import { isSameSecret } from '../same-secret.ts';

/** The session tokens of the metadata service; each is valid for one address and one lifetime, and none is stored. */
export class SessionTokens {
  readonly #now: () => number;
  readonly #secret = randomBytes(32);

  constructor(now: () => number) {
    this.#now = now;
  }

  issue(address: string, seconds: number): string {
    return this.#token(address, this.#now() + seconds * 1000);
  }

  isValid(token: string, address: string): boolean {
    const expires = Number(token.split('.')[0]);
    return isSameSecret(token, this.#token(address, expires)) && expires > this.#now();
  }

  #token(address: string, expires: number): string {
    return `${expires}.${createHmac('sha256', this.#secret).update(`${address} ${expires}`).digest('base64url')}`;
  }
}
