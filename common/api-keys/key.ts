import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../checksum.ts';
import { shareDigits, shareOf } from './share.ts';

/**
 * An API key is `ifk_`, the share of its name, an id and a secret: the share lets the balancer keep its holder at one track, the id finds the
 * key, the secret proves it, and the prefix lets scanners find keys that were published by mistake. The secret has 256 random bits, which no list of guesses reaches: one round of SHA-256 is enough for its hash.
 */
export const keyPrefix = 'ifk_';

const pattern = new RegExp(`^${keyPrefix}[01]{${shareDigits}}_([0-9a-f]{16})_[\\w-]{43}$`);

/** The parts of a new key: only its holder may have `text`. */
export interface NewKey {
  text: string;
  id: string;
  /** SHA-256 of `text`, 64 hexadecimal digits. */
  sha256: string;
}

/** Makes a key for a name. */
export function newKey(name: string): NewKey {
  const id = randomBytes(8).toString('hex');
  const text = `${keyPrefix}${shareOf(name)}_${id}_${randomBytes(32).toString('base64url')}`;
  return { text, id, sha256: sha256(text) };
}

/** Returns the id in a key; undefined where the text is no key. */
export function keyId(text: string): string | undefined {
  return pattern.exec(text)?.[1];
}

/** Tells in constant time whether a text has a hash. */
export function hasHash(text: string, hash: Buffer): boolean {
  return timingSafeEqual(createHash('sha256').update(text).digest(), hash);
}
