import type { NamedApiKey } from '../common/api-keys/record.ts';
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
  let failures = 0;
  let reported = '';
  for await (const _ of ticks) {
    try {
      const { keys, unreadable } = await read();
      const outcome = await write([...keys, own]);
      if (failures > 0) report(`The API keys can be read again after ${failures} failed attempts`);
      if (outcome === 'written') report(`API keys: ${keys.map(({ name }) => name).join(', ') || 'none'}`);
      const refused = unreadable.join(', ');
      if (refused && refused !== reported) report(`Expected API keys, got something else, in: ${refused}`);
      [failures, reported] = [0, refused];
    } catch (error) {
      failures += 1;
      if (failures === 1) report(`The API keys cannot be read, the last ones stay: ${(error as Error).message}`);
    }
  }
}
