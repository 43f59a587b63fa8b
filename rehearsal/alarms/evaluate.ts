import type { Alarm, AlarmState, Comparison } from './alarm.ts';

/** A value of what an alarm evaluates; undefined if it is missing. */
export interface Datapoint {
  /** When its period began, in milliseconds since the epoch. */
  at: number;
  value: number | undefined;
}

export interface Evaluation {
  state: AlarmState;
  reason: string;
}

const compare: Record<Comparison, (value: number, threshold: number) => boolean> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** How many datapoints an alarm needs: where some are missing, CloudWatch also looks at earlier ones. */
export function evaluationRange({ evaluationPeriods }: Pick<Alarm, 'evaluationPeriods'>): number {
  return evaluationPeriods + 2;
}

/** Evaluates an alarm by CloudWatch's rules; `datapoints` has its evaluation range, the newest last. */
export function evaluateAlarm(alarm: Alarm, datapoints: readonly Datapoint[]): Evaluation {
  const real = datapoints.flatMap(({ at, value }, index) =>
    value === undefined ? [] : [{ at, value, age: datapoints.length - index }],
  );
  const evaluated = real.slice(-alarm.evaluationPeriods).map((point) => ({
    ...point,
    isBreaching: compare[alarm.comparison](point.value, alarm.threshold),
  }));
  const state = stateOf(alarm, evaluated);
  return { state, reason: state === alarm.state ? alarm.reason : reasonOf(alarm, state, evaluated) };
}

type Evaluated = Datapoint & { value: number; age: number; isBreaching: boolean };

function stateOf(alarm: Alarm, evaluated: readonly Evaluated[]): AlarmState {
  const { datapointsToAlarm, missingData } = alarm;
  const breaching = evaluated.filter(({ isBreaching }) => isBreaching);
  const missing = alarm.evaluationPeriods - evaluated.length;
  if (breaching.length >= datapointsToAlarm) return 'ALARM';
  if (missingData === 'breaching' && breaching.length + missing >= datapointsToAlarm) return 'ALARM';
  if (missingData === 'breaching' || missingData === 'notBreaching') return 'OK';
  if (breaching.length < evaluated.length) return 'OK';
  if (missingData === 'ignore') return alarm.state;
  const [oldest] = breaching;
  if (!oldest) return 'INSUFFICIENT_DATA';
  // A new breach may be followed by a datapoint that is none.
  return oldest.age >= datapointsToAlarm ? 'ALARM' : alarm.state;
}

// The sentences are CloudWatch's; the newest datapoint comes first.
function reasonOf(alarm: Alarm, state: AlarmState, evaluated: readonly Evaluated[]): string {
  const { evaluationPeriods, datapointsToAlarm, missingData, threshold } = alarm;
  if (state === 'INSUFFICIENT_DATA') return `Insufficient Data: ${were(evaluationPeriods, 'datapoint')} unknown.`;
  const isAlarm = state === 'ALARM';
  const decisive = evaluated.filter(({ isBreaching }) => isBreaching === isAlarm).reverse();
  const missing = evaluationPeriods - evaluated.length;
  const treated = `and ${were(missing, 'missing datapoint')} treated as [${missingData === 'breaching' ? 'Breaching' : 'NonBreaching'}].`;
  if (decisive.length === 0)
    return `Threshold Crossed: ${were(evaluated.length, 'datapoint')} received for ${counted(evaluationPeriods, 'period')} ${treated}`;
  const values = decisive.map(({ value, at }) => `${decimal(value)} (${dateOf(at)})`).join(', ');
  const verb = `${decisive.length === 1 ? 'was' : 'were'}${isAlarm ? '' : ' not'}`;
  const crossed = `[${values}] ${verb} ${wordsOf(alarm.comparison)} the threshold (${decimal(threshold)})`;
  if (missing > 0 && /reaching$/.test(missingData))
    return `Threshold Crossed: ${counted(decisive.length, 'datapoint')} ${crossed} ${treated}`;
  const needed = isAlarm ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1;
  const transition = `(minimum ${counted(needed, 'datapoint')} for ${alarm.state} -> ${state} transition).`;
  return `Threshold Crossed: ${decisive.length} out of the last ${evaluated.length} datapoints ${crossed} ${transition}`;
}

function counted(count: number, noun: string): string {
  return `${count || 'no'} ${noun}${count === 1 ? '' : 's'}`;
}

function were(count: number, noun: string): string {
  return `${counted(count, noun)} ${count === 1 ? 'was' : 'were'}`;
}

function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

// 29/11/26 03:00:00
function dateOf(time: number): string {
  const [date = '', clock = ''] = new Date(time).toISOString().split(/[T.]/);
  return `${date.slice(2).split('-').reverse().join('/')} ${clock}`;
}

// GreaterThanThreshold: "greater than"
function wordsOf(comparison: Comparison): string {
  return comparison
    .replace('Threshold', '')
    .replace(/(?!^)([A-Z])/g, ' $1')
    .toLowerCase();
}
