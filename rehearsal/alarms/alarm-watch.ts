import type { Log } from '../log.ts';
import type { MetricStore } from '../metrics/store.ts';
import type { Alarm, AlarmState } from './alarm.ts';
import { type AlarmClocks, clockOf, datapointsOf } from './datapoints.ts';
import { type Evaluation, evaluateAlarm } from './evaluate.ts';

export interface AlarmWatchProps {
  store: MetricStore;
  clocks: AlarmClocks;
  /** Writes the state of an alarm. */
  setState: (name: string, evaluation: Evaluation) => Promise<void>;
  log: Log;
}

/** An alarm after its evaluation. */
export interface AssessedAlarm {
  alarm: Alarm;
  from: AlarmState;
  /** Its newest datapoint; undefined if all are missing. */
  value: number | undefined;
  /** True once a minute: as on AWS, actions that scale are repeated while the alarm stays in its state. */
  isDue: boolean;
}

/** The emulator's words for an alarm that was made or changed; it calls such an alarm OK. */
const uncheckedReason = 'Unchecked: Initial alarm creation';

/** Evaluates alarms and writes their states. */
export class AlarmWatch {
  readonly #props: AlarmWatchProps;
  readonly #known = new Map<string, { state: AlarmState; minute: number }>();

  constructor(props: AlarmWatchProps) {
    this.#props = props;
  }

  /** Evaluates alarms, each of which has the state that was read or evaluated last. */
  async assess(alarms: readonly Alarm[]): Promise<AssessedAlarm[]> {
    const assessed: AssessedAlarm[] = [];
    for (const alarm of alarms) assessed.push(...(await this.#assess(alarm)));
    for (const name of this.#known.keys()) if (!alarms.some((alarm) => alarm.name === name)) this.#known.delete(name);
    return assessed;
  }

  async #assess(alarm: Alarm): Promise<AssessedAlarm[]> {
    const { clocks, setState, log } = this.#props;
    const { state: known = 'INSUFFICIENT_DATA', minute = 0 } = this.#known.get(alarm.name) ?? {};
    const found = { ...alarm };
    if (alarm.reason === uncheckedReason) alarm.state = known;
    // A state that SetAlarmState has set stays until the next evaluation, and has its actions.
    const byHand = alarm.state === known ? [] : [{ alarm: { ...alarm }, from: known, value: undefined, isDue: true }];
    const from = alarm.state;
    const { value, ...evaluation } = this.#evaluate(alarm);
    Object.assign(alarm, evaluation);
    if (alarm.state !== found.state || alarm.reason !== found.reason) await setState(alarm.name, evaluation);
    if (alarm.state !== from) log('alarm changes', { alarm: alarm.name, from, to: alarm.state, reason: alarm.reason });
    const now = clockOf(alarm, clocks).periodStart(60);
    const isDue = alarm.state !== from || now > minute;
    this.#known.set(alarm.name, { state: alarm.state, minute: isDue ? now : minute });
    return [...byHand, { alarm, from, value, isDue }];
  }

  #evaluate(alarm: Alarm): Evaluation & { value: number | undefined } {
    const { store, clocks } = this.#props;
    try {
      const datapoints = datapointsOf(alarm, store, clockOf(alarm, clocks));
      const value = datapoints.findLast((point) => point.value !== undefined)?.value;
      return { ...evaluateAlarm(alarm, datapoints), value };
    } catch (error) {
      const reason = `The rehearsal cannot evaluate this alarm: ${(error as Error).message}`;
      return { state: 'INSUFFICIENT_DATA', reason, value: undefined };
    }
  }
}
