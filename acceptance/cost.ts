import { UserError } from '../common/errors.ts';

/** US dollars an hour in eu-central-1, on demand, when this was written: what costs most, at its largest number. */
const hourly = {
  'load balancer': 0.027,
  'load balancer capacity unit': 0.008,
  'four t3.micro': 4 * 0.012,
  'four disks of 8 GB': 4 * 0.001,
  'six public addresses': 6 * 0.005,
  'three metric alarms': 0.001,
};

export interface Caps {
  /** After this time the run ends and everything is removed. */
  minutes: number;
  /** In US dollars. */
  cost: number;
}

/** Returns the estimated cost of a run in US dollars. AWS bills instances and balancers by started hours at most. */
export function estimateCost({ minutes }: Pick<Caps, 'minutes'>): number {
  const total = Object.values(hourly).reduce((sum, price) => sum + price, 0);
  return total * Math.ceil(minutes / 60);
}

/** Refuses caps under which a run could cost more than the user wants. */
export function assertAffordable(caps: Caps): void {
  const estimate = estimateCost(caps);
  if (estimate > caps.cost)
    throw new UserError(
      `COST=${caps.cost}: a run of ${caps.minutes} minutes may cost ${estimate.toFixed(2)} USD; raise COST or lower MINUTES`,
    );
}
