import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { lastLines } from '../../common/last-lines.ts';

/** What a machine wrote of itself; a part that is not there is an empty text. */
export interface MachineLogs {
  /** The bootstrap's recap, JSON. */
  recap: string;
  /** All that the user data printed. */
  bootstrap: string;
  service: string;
  proxy: string;
}

/** Reads the last `lines` of each log below `folder`, a machine's /var/log. */
export async function readLogs(folder: string, lines: number): Promise<MachineLogs> {
  const [recap, bootstrap, proxy, service] = await Promise.all([
    textOf(join(folder, 'intent-fleet/recap.json')),
    textOf(join(folder, 'intent-fleet/bootstrap.log')),
    textOf(join(folder, 'nginx/error.log')),
    journal(join(folder, 'journal'), lines),
  ]);
  return { recap, bootstrap: lastLines(bootstrap, lines), service, proxy: lastLines(proxy, lines) };
}

async function textOf(file: string): Promise<string> {
  return existsSync(file) ? readFile(file, 'utf8') : '';
}

async function journal(folder: string, lines: number): Promise<string> {
  if (!existsSync(folder)) return '';
  const options = ['--directory', folder, '--unit', 'intent-fleet@*', '--lines', String(lines), '--output', 'cat'];
  const { stdout } = await execa('journalctl', ['--no-pager', '--quiet', ...options], {
    reject: false,
    stdin: 'ignore',
  });
  return stdout;
}
