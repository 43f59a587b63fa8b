import { DatabaseSync } from 'node:sqlite';
import type { LoadResult } from './oha.ts';

/** Times in seconds since oha began. */
interface Row {
  /** When the request was due. */
  due: number;
  end: number;
}

const query = 'SELECT coalesce(start_latency_correction, start) AS due, "end" FROM oha';

/** Reads from oha's database the latency of the requests that were due after the first seconds, in which connections are made. */
export function steadyLatency(database: string, seconds: number): LoadResult['milliseconds'] {
  const file = new DatabaseSync(database, { readOnly: true });
  try {
    const rows = file.prepare(query).all() as unknown as Row[];
    const times = rows.filter(({ due }) => due >= seconds).map(({ due, end }) => 1000 * (end - due));
    times.sort((one, other) => one - other);
    const at = (share: number) => times[Math.ceil(share * times.length) - 1] ?? Number.NaN;
    return { p50: at(0.5), p99: at(0.99) };
  } finally {
    file.close();
  }
}
