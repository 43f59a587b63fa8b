import type { NamedApiKey } from '../common/api-keys/record.ts';
import { OutageReport } from '../common/outage-report.ts';
import type { StoredKeys } from './stored-keys.ts';

export interface KeepCurrentProps {
  read: () => Promise<StoredKeys>;
  write: (keys: readonly NamedApiKey[]) => Promise<'written' | 'unchanged'>;
  /** The key of the machine itself. */
  own: NamedApiKey;
  /** A turn for each. */
  ticks: AsyncIterable<unknown>;
  /** Receives what people must know. */
  report: (sentence: string) => void;
}

/**
 * Reads the keys in each turn. Where they cannot be read, the last ones stay: a service that refused everybody because of an outage of
 * the store would be worse than a key that is revoked late.
 */
export async function keepCurrent({ read, write, own, ticks, report }: KeepCurrentProps): Promise<void> {
  const outage = new OutageReport({
    fails: (message) => `The API keys cannot be read, the last ones stay: ${message}`,
    works: (failures) => `The API keys can be read again after ${failures} failed attempts`,
    report,
  });
  let reported = '';
  for await (const _ of ticks) {
    const turn = await outage.during(async () => {
      const stored = await read();
      return { ...stored, outcome: await write([...stored.keys, own]) };
    });
    if (!turn) continue;
    if (turn.outcome === 'written') report(`API keys: ${turn.keys.map(({ name }) => name).join(', ') || 'none'}`);
    const refused = turn.unreadable.join(', ');
    if (refused && refused !== reported) report(`Expected API keys, got something else, in: ${refused}`);
    reported = refused;
  }
}
