import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import type { Rehearsal } from '../../benchmarks/faults/rehearsal.ts';
import { logUnits } from '../../common/log-units.ts';
import { parseEntry } from '../../logs/sources/journal-entry.ts';

/** Waits until each line that a machine has written by now is stored; returns their number, and that of those stored twice. */
export async function untilShipped(rehearsal: Rehearsal, machine: string, seconds: number) {
  const written = counted(await writtenLines(await rehearsal.diskOf(machine)));
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const stored = counted(await storedLines(rehearsal, machine));
    const missing = [...written].filter(([line, count]) => (stored.get(line) ?? 0) < count);
    if (missing.length === 0) return { lines: sum(written.values()), twice: excess(stored, written) };
    if (Date.now() > deadline)
      throw new Error(`${missing.length} lines are not stored after ${seconds} s, such as ${missing[0]?.[0]}`);
    await delay(2000);
  }
}

/** The lines on a machine's disk: its journal, and nginx's access log. */
async function writtenLines(disk: string): Promise<string[]> {
  const folder = join(disk, 'var/log/nginx');
  const logs = (await readdir(folder)).filter((name) => name.startsWith('access.log'));
  const texts = await Promise.all(logs.map((name) => readFile(join(folder, name), 'utf8')));
  const access = texts.flatMap((text) => text.split('\n').filter(Boolean));
  const parameters = ['--directory', join(disk, 'var/log/journal'), '--output=json', '--all', '--no-pager'];
  const { stdout } = await execa('journalctl', parameters, { stdin: 'ignore', maxBuffer: 1_000_000_000 });
  const entries = stdout.split('\n').flatMap((json) => parseEntry(json).line ?? []);
  return [...access.map((line) => `proxy ${line}`), ...entries.map(({ unit, message }) => `${unit} ${message}`)];
}

async function storedLines(rehearsal: Rehearsal, machine: string): Promise<string[]> {
  const lines: string[] = [];
  const selection = { units: logUnits, since: 0, machine };
  for await (const { unit, message } of (await rehearsal.storedLogs()).read(selection))
    lines.push(`${unit} ${message}`);
  return lines;
}

function counted(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

function excess(stored: ReadonlyMap<string, number>, written: ReadonlyMap<string, number>): number {
  return sum([...written].map(([line, count]) => (stored.get(line) ?? 0) - count));
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0);
}
