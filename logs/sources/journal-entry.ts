import type { LogUnit } from '../../common/log-units.ts';
import type { LogLine } from '../line.ts';
import { withoutQueries } from './without-queries.ts';

/** A value in the journal's JSON: a text, bytes that are no text, or several values of the same field. */
type Value = string | number[] | Value[] | null | undefined;

/** The fields of an entry that are read, besides the position and the time. */
export const entryFields = ['MESSAGE', '_SYSTEMD_UNIT', 'UNIT'] as const;

/** Parses an entry of `journalctl --output=json`; an empty message, which says nothing, gives no line. */
export function parseEntry(json: string): { line: LogLine | undefined; position: string } {
  const entry = JSON.parse(json) as Record<string, Value>;
  const position = textOf(entry.__CURSOR);
  const message = textOf(entry.MESSAGE);
  if (message === '') return { line: undefined, position };
  // What systemd says about a unit belongs to that unit.
  const unit = unitOf(textOf(entry.UNIT) || textOf(entry._SYSTEMD_UNIT));
  // The journal counts microseconds.
  const timestamp = Math.floor(Number(textOf(entry.__REALTIME_TIMESTAMP)) / 1000);
  return { line: { unit, timestamp, message: unit === 'proxy' ? withoutQueries(message) : message }, position };
}

// Of several values of one field, such as a message in parts, each is a line.
function textOf(value: Value): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return isBytes(value) ? Buffer.from(value).toString() : value.map(textOf).join('\n');
}

function isBytes(values: number[] | Value[]): values is number[] {
  return values.every((value) => typeof value === 'number');
}

// cloud-final.service runs the user data.
function unitOf(name: string): LogUnit {
  if (name.startsWith('intent-fleet@')) return 'service';
  if (name === 'nginx.service') return 'proxy';
  if (name === 'cloud-final.service') return 'bootstrap';
  return name.startsWith('cloud-') ? 'cloud-init' : 'system';
}
