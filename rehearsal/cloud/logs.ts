import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { lastLines } from '../../common/last-lines.ts';
import type { ConsoleOutput } from '../gateway/console-output.ts';
import { consoleFile } from '../machines/nspawn-machine.ts';

/** The logs of a machine; one that does not exist is an empty text. */
export interface MachineLogs {
  /** The bootstrap's recap, JSON. */
  recap: string;
  /** The output of the user data. */
  bootstrap: string;
  service: string;
  proxy: string;
}

/** Reads the console of an instance in the folder of all machines' records; undefined if it never was. */
export async function readConsole(records: string, instance: string): Promise<ConsoleOutput | undefined> {
  if (!/^i-[0-9a-f]+$/.test(instance)) return undefined;
  const file = join(records, instance, consoleFile);
  if (!existsSync(file)) return undefined;
  const [text, { mtime }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
  return { text, writtenAt: mtime };
}

/** Reads the last `lines` of each log in `folder`, the /var/log of a machine. */
export async function readLogs(folder: string, lines: number): Promise<MachineLogs> {
  const [recap, bootstrap, errorLog, proxy, service] = await Promise.all([
    readText(join(folder, 'intent-fleet/recap.json')),
    readText(join(folder, 'intent-fleet/bootstrap.log')),
    // Machines of earlier releases have it.
    readText(join(folder, 'nginx/error.log')),
    readJournal(join(folder, 'journal'), 'nginx.service', lines),
    readJournal(join(folder, 'journal'), 'intent-fleet@*', lines),
  ]);
  return { recap, bootstrap: lastLines(bootstrap, lines), service, proxy: lastLines(errorLog, lines) || proxy };
}

async function readText(file: string): Promise<string> {
  return existsSync(file) ? readFile(file, 'utf8') : '';
}

async function readJournal(folder: string, unit: string, lines: number): Promise<string> {
  if (!existsSync(folder)) return '';
  const selection = ['--directory', folder, '--unit', unit, '--lines', String(lines)];
  const parameters = ['--no-pager', '--quiet', ...selection, '--output', 'cat'];
  const { stdout } = await execa('journalctl', parameters, { reject: false, stdin: 'ignore' });
  return stdout;
}
