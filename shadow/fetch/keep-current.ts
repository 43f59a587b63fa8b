import { OutageReport } from '../../common/outage-report.ts';
import type { WantedShadow } from '../../common/shadow/wanted.ts';

export interface KeepCurrentProps {
  read: () => Promise<WantedShadow | undefined>;
  install: (wanted: WantedShadow) => Promise<void>;
  uninstall: () => Promise<void>;
  /** A turn for each. */
  ticks: AsyncIterable<unknown>;
  /** Receives what people must know. */
  report: (sentence: string) => void;
}

/** A release that cannot be installed is tried again after 1, 2, 4 … turns, at most this many: its archive is large. */
const mostTurns = 16;

/** Reads in each turn which release is to run, and has it run; where the name cannot be read, what runs goes on. */
export async function keepCurrent({ read, install, uninstall, ticks, report }: KeepCurrentProps): Promise<void> {
  const outage = new OutageReport({
    fails: (message) => `The shadow is not what it should be: ${message}`,
    works: (failures) => `The shadow is what it should be after ${failures} failed attempts`,
    report,
  });
  const installation = new Installation(install);
  let reported: string | undefined;
  for await (const _ of ticks) {
    const turn = await outage.during(async () => {
      const wanted = await read();
      await (wanted ? installation.attempt(wanted) : uninstall());
      return { release: wanted?.release };
    });
    if (turn && turn.release !== reported) report(`Shadow: ${turn.release ?? 'none'}`);
    if (turn) reported = turn.release;
  }
}

class Installation {
  readonly #install: KeepCurrentProps['install'];
  #failed: { wanted: string; error: unknown; pause: number; turns: number } | undefined;

  constructor(install: KeepCurrentProps['install']) {
    this.#install = install;
  }

  /** Installs a release; throws the last error of one whose turn it is not. */
  async attempt(release: WantedShadow): Promise<void> {
    const wanted = JSON.stringify(release);
    const failed = this.#failed?.wanted === wanted ? this.#failed : undefined;
    if (failed && --failed.turns > 0) throw failed.error;
    try {
      await this.#install(release);
      this.#failed = undefined;
    } catch (error) {
      const pause = failed ? Math.min(failed.pause * 2, mostTurns) : 1;
      this.#failed = { wanted, error, pause, turns: pause };
      throw error;
    }
  }
}
