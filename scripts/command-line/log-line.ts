import pc from 'picocolors';
import { type LogUnit, logUnits } from '../../common/log-units.ts';
import { readableLog } from '../../common/readable-log.ts';
import type { StoredLine } from '../../deployments/stored-logs.ts';

const idCharacters = 10;
const unitCharacters = Math.max(...logUnits.map(({ length }) => length));

const colours: Record<LogUnit, (text: string) => string> = {
  service: pc.green,
  proxy: pc.blue,
  bootstrap: pc.magenta,
  'cloud-init': pc.yellow,
  system: pc.dim,
};

/** Formats a line: its time, the beginning of its machine's id, its unit, and its text. */
export function logLine({ timestamp, machine, unit, message }: StoredLine): string {
  const time = pc.dim(new Date(timestamp).toISOString());
  const name = colours[unit](unit.padEnd(unitCharacters));
  const text = readableLog(message).replaceAll('\n', '\n    ');
  return `${time} ${pc.cyan(machine.slice(0, idCharacters))} ${name} ${text}`;
}
