import { readFile } from 'node:fs/promises';
import { keyId, newKey } from '../common/api-keys/key.ts';
import type { NamedApiKey } from '../common/api-keys/record.ts';
import { sha256 } from '../common/checksum.ts';
import { unlessMissing } from '../common/unless-missing.ts';
import { writeFileWhole } from '../common/write-file.ts';

const name = '_machine';
const prefix = 'Authorization: Bearer ';

/**
 * Returns the key by which this machine asks its own service before it gets traffic. No other machine knows it. Its file holds the
 * header as curl reads it, for root and the owner alone; it is made where it is missing.
 */
export async function machineKey(path: string): Promise<NamedApiKey> {
  const text = (await readFile(path, 'utf8').catch(unlessMissing))?.trim().slice(prefix.length) ?? '';
  const id = keyId(text);
  if (id !== undefined) return named(id, sha256(text));
  const made = newKey(name);
  await writeFileWhole(path, `${prefix}${made.text}\n`, 0o600);
  return named(made.id, made.sha256);
}

function named(id: string, sha256: string): NamedApiKey {
  return { name, id, sha256, scopes: ['predict'], createdAt: new Date(0).toISOString() };
}
