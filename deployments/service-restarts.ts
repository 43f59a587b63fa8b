import type { StoredLogs } from './stored-logs.ts';

/** What systemd says when it starts a service again that has ended without being told to. */
const restart = /^(\S+)\.service: Scheduled restart job\b/;

// The clocks of machines and of this computer may differ by minutes.
const windowMilliseconds = 10 * 60_000;

/** Finds out which services end by themselves while their machines serve, by the log lines that machines have shipped. */
export class ServiceRestarts {
  readonly #logs: Pick<StoredLogs, 'read'>;
  /** The ids of lines that say nothing about a machine that serves. */
  readonly #before = new Set<string>();
  #hasLooked = false;

  constructor(logs: Pick<StoredLogs, 'read'>) {
    this.#logs = logs;
  }

  /**
   * Returns the services that have ended by themselves, by machine. What happened before a machine served does not count,
   * nor what happened before the first look.
   */
  async find(serving: readonly string[], now = Date.now()): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    const lines = this.#logs.read({
      ...{ units: ['service'], since: now - windowMilliseconds, containing: 'Scheduled restart job' },
    });
    for await (const { id, machine, message } of lines) {
      const service = restart.exec(message)?.[1];
      if (service === undefined || this.#before.has(id)) continue;
      if (this.#hasLooked && serving.includes(machine)) found.set(machine, service);
      else this.#before.add(id);
    }
    this.#hasLooked = true;
    return found;
  }
}
