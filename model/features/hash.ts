// Features are known by 32-bit hashes of their text: no strings in the artifact, and no substring made per n-gram.

/** Mixes one code unit (or another hash) into a hash. */
export function mix(hash: number, code: number): number {
  const mixed = Math.imul(hash ^ code, 0x5bd1e995);
  return mixed ^ (mixed >>> 15);
}

/** Spreads the mixed bits over the whole word. */
export function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** The start value for n-grams of one block and length, so that equal text in different blocks is different features. */
export const salt = (block: number, length: number): number => mix(0x2545f491, block * 16 + length);

/** The hash of a token. */
export function hashToken(token: string): number {
  let hash = 0x1b873593;
  for (let at = 0; at < token.length; at += 1) hash = mix(hash, token.charCodeAt(at));
  return hash;
}
