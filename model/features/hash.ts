// Features are identified by 32-bit hashes: the artifact needs no strings, and scoring makes no substring per n-gram.

/** Adds one code unit, or another hash, to a hash. */
export function mix(hash: number, code: number): number {
  const mixed = Math.imul(hash ^ code, 0x5bd1e995);
  return mixed ^ (mixed >>> 15);
}

/** Spreads the bits of a hash over the whole word (the finalizer of MurmurHash3). */
export function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Returns the initial hash for n-grams of one block and length, so that equal texts in different blocks differ. */
export function salt(block: number, length: number): number {
  return mix(0x2545f491, block * 16 + length);
}

/** Returns the hash of a token. */
export function hashToken(token: string): number {
  let hash = 0x1b873593;
  for (let at = 0; at < token.length; at += 1) hash = mix(hash, token.charCodeAt(at));
  return hash;
}
