import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The whole text of a rendered file, written by hand once and read by people. */
export function expected(name: string): Promise<string> {
  return readFile(join(import.meta.dirname, 'expected', name), 'utf8');
}
