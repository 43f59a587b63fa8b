import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { newKey } from '../../../common/api-keys/key.ts';
import type { NamedApiKey } from '../../../common/api-keys/record.ts';
import { writeFileWhole } from '../../../common/write-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A key, and what a machine's file says of it. */
export function makeKey(name: string, others: Partial<NamedApiKey> = {}): { text: string; named: NamedApiKey } {
  const { text, id, sha256 } = newKey(name);
  return { text, named: { name, id, sha256, scopes: ['predict'], createdAt: '2026-01-01T00:00:00.000Z', ...others } };
}

/** Writes keys as a machine does, as if they had been read at a time. */
export async function writeKeys(path: string, keys: readonly NamedApiKey[], readAt = new Date()): Promise<void> {
  await writeFileWhole(path, JSON.stringify({ keys }));
  await utimes(path, readAt, readAt);
}

/** Writes keys into a file of the test. */
export async function keysFile(t: ExecutionContext, keys: readonly NamedApiKey[], readAt?: Date): Promise<string> {
  const path = join(await temporaryFolder(t), 'keys.json');
  await writeKeys(path, keys, readAt);
  return path;
}

export function bearer(text: string): { Authorization: string } {
  return { Authorization: `Bearer ${text}` };
}
