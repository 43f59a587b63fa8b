import type { Log } from '../log.ts';
import type { AwsClock } from '../metrics/aws-clock.ts';
import type { MetricStore } from '../metrics/store.ts';
import type { Alarm, AlarmState } from './alarm.ts';
import { datapointsOf } from './datapoints.ts';
import { type Evaluation, evaluateAlarm } from './evaluate.ts';

export interface AlarmWatchProps {
  store: MetricStore;
  clock: AwsClock;
  /** Writes the state of an alarm. */
  setState: (name: string, evaluation: Evaluation) => Promise<void>;
  /** Carries out the actions of an alarm that has come from another state. */
  notify: (alarm: Alarm, from: AlarmState) => Promise<void>;
  log: Log;
}

/** An alarm after its evaluation. */
export interface AssessedAlarm {
  alarm: Alarm;
  /** Its newest datapoint; undefined if all are missing. */
  value: number | undefined;
  /** True once a minute: as on AWS, actions that scale are repeated while the alarm stays in its state. */
  isDue: boolean;
}

/** The emulator's words for an alarm that was made or changed; it calls such an alarm OK. */
const uncheckedReason = 'Unchecked: Initial alarm creation';

/** Evaluates alarms, writes their states and carries out their actions. */
export class AlarmWatch {
  readonly #props: AlarmWatchProps;
  readonly #known = new Map<string, { state: AlarmState; minute: number }>();

  constructor(props: AlarmWatchProps) {
    this.#props = props;
  }

  /** Evaluates all alarms, as they were read. */
  async assess(alarms: readonly Alarm[]): Promise<AssessedAlarm[]> {
    const names = new Set(alarms.map(({ name }) => name));
    for (const name of this.#known.keys()) if (!names.has(name)) this.#known.delete(name);
    const assessed: AssessedAlarm[] = [];
    for (const alarm of alarms) assessed.push(await this.#assess(alarm, this.#known.get(alarm.name)));
    return assessed;
  }

  async #assess(found: Alarm, before?: { state: AlarmState; minute: number }): Promise<AssessedAlarm> {
    const { clock, setState } = this.#props;
    const { state: known = 'INSUFFICIENT_DATA', minute = 0 } = before ?? {};
    const alarm = found.reason === uncheckedReason ? { ...found, state: known } : found;
    // A state that SetAlarmState has set stays until the next evaluation, and has its actions.
    if (alarm.state !== known) await this.#change(alarm, known);
    const { value, ...evaluation } = this.#evaluate(alarm);
    const after = { ...alarm, ...evaluation };
    if (after.state !== found.state || after.reason !== found.reason) await setState(alarm.name, evaluation);
    if (after.state !== alarm.state) await this.#change(after, alarm.state);
    const now = clock.periodStart(60);
    const isDue = after.state !== known || now > minute;
    this.#known.set(alarm.name, { state: after.state, minute: now });
    return { alarm: after, value, isDue };
  }

  async #change(alarm: Alarm, from: AlarmState): Promise<void> {
    const { log, notify } = this.#props;
    log('alarm changes', { alarm: alarm.name, from, to: alarm.state, reason: alarm.reason });
    await notify(alarm, from).catch((error: Error) =>
      log('alarm action failed', { alarm: alarm.name, error: error.message }),
    );
  }

  #evaluate(alarm: Alarm): Evaluation & { value: number | undefined } {
    const { store, clock } = this.#props;
    try {
      const datapoints = datapointsOf(alarm, store, clock);
      const value = datapoints.findLast((point) => point.value !== undefined)?.value;
      return { ...evaluateAlarm(alarm, datapoints), value };
    } catch (error) {
      const reason = `The rehearsal cannot evaluate this alarm: ${(error as Error).message}`;
      return { state: 'INSUFFICIENT_DATA', reason, value: undefined };
    }
  }
}
