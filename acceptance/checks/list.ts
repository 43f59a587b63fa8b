import type { Check } from '../check.ts';
import { alarmChecks } from './alarms.ts';
import { faultChecks } from './faults.ts';
import { fleetChecks } from './fleet.ts';
import { healthChecks } from './health.ts';
import { machineChecks } from './machines.ts';
import { ruleChecks } from './rules.ts';
import { weightChecks } from './weights.ts';

/** All checks, in the order in which they are run: what replaces machines comes last. */
export const allChecks: readonly Check[] = [
  ...machineChecks,
  ...ruleChecks,
  ...weightChecks,
  ...faultChecks,
  ...healthChecks,
  ...alarmChecks,
  ...fleetChecks,
];
