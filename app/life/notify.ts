import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Logger } from 'pino';

const run = promisify(execFile);

/**
 * Notifies systemd of the service's state where NOTIFY_SOCKET is set. Node has no Unix datagram sockets, so `systemd-notify`
 * sends; the unit needs `NotifyAccess=all`, as the sender is a child of the main process. The child waits until systemd has
 * read the message, so that systemd can find the sender's unit.
 */
export class ServiceManager {
  readonly #logger: Logger;
  readonly #isEnabled: boolean;
  readonly #watchdogMilliseconds: number;
  #last: Promise<void> = Promise.resolve();
  #watchdog: NodeJS.Timeout | undefined;

  constructor(environment: NodeJS.ProcessEnv, logger: Logger) {
    this.#logger = logger;
    this.#isEnabled = Boolean(environment.NOTIFY_SOCKET);
    this.#watchdogMilliseconds = watchdogMilliseconds(environment);
  }

  /** The service takes requests; from now on the event loop feeds the watchdog. */
  ready(status: string): Promise<void> {
    this.#feedWatchdog();
    return this.#send('READY=1', `STATUS=${status}`);
  }

  /** A reload has begun; `ready` ends it. */
  reloading(): Promise<void> {
    return this.#send('RELOADING=1');
  }

  /** The service is about to stop. */
  stopping(): Promise<void> {
    clearInterval(this.#watchdog);
    return this.#send('STOPPING=1');
  }

  #feedWatchdog(): void {
    if (this.#watchdog || this.#watchdogMilliseconds === 0) return;
    // Half the time that systemd allows is what it recommends.
    this.#watchdog = setInterval(() => void this.#send('WATCHDOG=1'), this.#watchdogMilliseconds / 2).unref();
  }

  // One after the other, as the order of the messages matters.
  #send(...messages: string[]): Promise<void> {
    if (this.#isEnabled) this.#last = this.#last.then(() => this.#spawn(messages));
    return this.#last;
  }

  async #spawn(messages: string[]): Promise<void> {
    try {
      await run('systemd-notify', messages, { timeout: 5000 });
    } catch (error) {
      this.#logger.warn({ err: error, messages }, 'systemd was not notified; is systemd-notify installed?');
    }
  }
}

function watchdogMilliseconds({ NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID }: NodeJS.ProcessEnv): number {
  const isForUs = Boolean(NOTIFY_SOCKET) && (!WATCHDOG_PID || Number(WATCHDOG_PID) === process.pid);
  return isForUs && WATCHDOG_USEC ? Number(WATCHDOG_USEC) / 1000 : 0;
}
