import { readFile } from 'node:fs/promises';
import { hasHash, keyId } from '../../common/api-keys/key.ts';
import { apiKeyFile, type NamedApiKey } from '../../common/api-keys/record.ts';
import type { ApiKeyScope } from '../../common/api-keys/scopes.ts';
import { UserError } from '../../common/errors.ts';
import { parseJson } from '../../common/parse-json.ts';
import { parseChecked } from '../../common/validation.ts';

/** A key that a request has proved. */
export interface KnownKey {
  name: string;
  scopes: ReadonlySet<ApiKeyScope>;
}

interface Entry extends KnownKey {
  sha256: Buffer;
  expiresAt: number;
}

// An unknown id takes as long as a known one.
const nobody = Buffer.alloc(32);

/** The keys that a service knows. */
export class KeyRing {
  readonly #entries: ReadonlyMap<string, Entry>;

  constructor(keys: readonly NamedApiKey[]) {
    this.#entries = new Map(keys.map((key) => [key.id, entryOf(key)]));
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Returns the key that a text is; undefined where it is none, or one that has ended. */
  find(text: string, now = Date.now()): KnownKey | undefined {
    const id = keyId(text);
    if (id === undefined) return undefined;
    const entry = this.#entries.get(id);
    const isProved = hasHash(text, entry?.sha256 ?? nobody);
    return entry && isProved && now < entry.expiresAt ? entry : undefined;
  }
}

function entryOf({ name, scopes, sha256, expiresAt }: NamedApiKey): Entry {
  return {
    name,
    scopes: new Set(scopes),
    sha256: Buffer.from(sha256, 'hex'),
    expiresAt: expiresAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(expiresAt),
  };
}

/** Reads the keys in a file; throws where it does not hold any list of keys. */
export async function readKeyRing(path: string): Promise<KeyRing> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new UserError(`API_KEYS: expected a readable file at ${path}, got ${error.message}`);
  });
  return new KeyRing(parseChecked(apiKeyFile, parseJson(text), `${path}: not a list of API keys:`).keys);
}
