import { UserError } from '../../common/errors.ts';
import { type LogUnit, logUnits } from '../../common/log-units.ts';

/** The options of `make logs` as they were typed. */
export interface LogOptions {
  unit?: string;
  since: string;
  lines: string;
  match?: string;
  follow?: boolean;
}

/** What `make logs` shows. */
export interface LogQuery {
  units: readonly LogUnit[];
  /** The length of the time that is looked back, in milliseconds. */
  backMilliseconds: number;
  /** The largest number of lines of each unit of each machine. */
  lines: number;
  /** Text that a line must contain, in lower case. */
  match: string;
  follow: boolean;
}

/** Reads the options; an error names the variable, what was expected and what came. */
export function logQuery({ unit, since, lines, match = '', follow = false }: LogOptions): LogQuery {
  return {
    units: unit === undefined ? logUnits : [knownUnit(unit)],
    backMilliseconds: durationOf(since),
    lines: wholeNumber(lines),
    match: match.toLowerCase(),
    follow,
  };
}

function knownUnit(text: string): LogUnit {
  const unit = logUnits.find((name) => name === text);
  if (unit) return unit;
  throw new UserError(`UNIT=${text}: expected one of ${logUnits.join(', ')}`);
}

const unitMilliseconds: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function durationOf(text: string): number {
  const [, number, unit = ''] = /^([1-9]\d{0,5})([smhd])$/.exec(text) ?? [];
  if (number) return Number(number) * (unitMilliseconds[unit] ?? 0);
  throw new UserError(
    `SINCE=${text}: expected a number of seconds, minutes, hours or days, such as 30s, 10m, 2h or 7d`,
  );
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new UserError(`LINES=${text}: expected a whole number from 1 to 9999999`);
}
