import type { Deployment, Track } from '../../../deployments/deployment.ts';
import type { Health, TrackHealth } from '../../../deployments/strategies/health.ts';
import type { DeploymentSettings } from '../../../deployments/strategies/settings.ts';
import { healthy, obeyed, settingsOf } from './examples.ts';

export type Random = () => number;

export function chance(random: Random, share: number): boolean {
  return random() < share;
}

export function oneOf<Value>(random: Random, values: readonly Value[]): Value {
  return values[Math.floor(random() * values.length)] as Value;
}

/** Settings of any strategy. */
export function anySettings(random: Random): DeploymentSettings {
  const percents = [5, 10, 25, 33, 50, 80].filter(() => chance(random, 0.5));
  return settingsOf({
    strategy: oneOf(random, ['recreate', 'rolling', 'blue-green', 'canary', 'ab', 'shadow']),
    surge: oneOf(random, [1, 2, 3, 10]),
    keep: oneOf(random, ['none', 'warm']),
    steps: [...percents, 100].map((percent) => (chance(random, 0.2) ? { percent, pause: true } : percent)),
    percent: oneOf(random, [1, 10, 50, 99]),
    bakeSeconds: oneOf(random, [0, 120]),
    stepTimeoutSeconds: 600,
    keepRevisions: oneOf(random, [1, 2, 3]),
  });
}

/** The groups of both tracks, and a clock; `faults` is the chance that something is wrong when it is observed. */
export class World {
  readonly #random: Random;
  readonly #faults: number;
  #desired: Record<Track, number> = { blue: 0, green: 0 };
  #stepSeconds = 0;
  readonly #spells: Record<Track, { observations: number; fault: Partial<TrackHealth> }> = {
    blue: { observations: 0, fault: {} },
    green: { observations: 0, fault: {} },
  };

  constructor(random: Random, faults: number) {
    this.#random = random;
    this.#faults = faults;
  }

  get desired(): Record<Track, number> {
    return this.#desired;
  }

  apply(deployment: Deployment): void {
    this.#desired = obeyed(deployment, this.#desired);
    this.#stepSeconds = 0;
  }

  /** Time passes, groups scale, and both tracks are observed. */
  observe(deployment: Deployment): Health {
    const random = this.#random;
    this.#stepSeconds += oneOf(random, [1, 30, 200]);
    const scaled = (track: Track) => this.#desired[track] + oneOf(random, [-1, 0, 0, 0, 0, 0, 1]);
    this.#desired = obeyed(deployment, { blue: scaled('blue'), green: scaled('green') });
    return {
      tracks: { blue: this.#observeTrack('blue'), green: this.#observeTrack('green') },
      stepSeconds: this.#stepSeconds,
    };
  }

  #observeTrack(track: Track): TrackHealth {
    const random = this.#random;
    const desired = this.#desired[track];
    const good = healthy(desired, { smokeTest: chance(random, 0.8) ? 'passed' : 'not run' });
    const fault = this.#faultOf(track);
    if (fault) return { ...good, ...fault };
    if (!chance(random, 0.2)) return good;
    return { ...good, machines: desired + 1, healthy: Math.floor(random() * (desired + 1)) };
  }

  // Some faults are over when they are observed again, others stay for longer than a step may take.
  #faultOf(track: Track): Partial<TrackHealth> | undefined {
    const random = this.#random;
    const current = this.#spells[track];
    if (current.observations > 0) current.observations -= 1;
    else if (chance(random, this.#faults))
      this.#spells[track] = { observations: oneOf(random, [1, 5, 50, 50]), fault: oneOf(random, faults) };
    else return undefined;
    return this.#spells[track].fault;
  }
}

const faults: readonly Partial<TrackHealth>[] = [
  { healthy: 0 },
  { failedBoot: 'no disk' },
  { smokeTest: { failed: 'another answer' } },
  { ringing: ['errors'] },
  { endedService: 'intent-fleet@8080 of i-1 has ended by itself' },
];
