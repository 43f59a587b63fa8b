import { Cron } from 'croner';

/** A scheduled action of an Auto Scaling group; its times are those of this computer. */
export interface ScheduledAction {
  name: string;
  group: string;
  startAt: Date | undefined;
  endAt: Date | undefined;
  /** When it is repeated, as in a crontab; undefined for an action that happens once. */
  recurrence: string | undefined;
  timeZone: string;
  minimum: number | undefined;
  maximum: number | undefined;
  desired: number | undefined;
}

/** Tells whether an action is due after `since` and not after `until`, both in milliseconds since the epoch. */
export function isDue(
  { startAt, endAt, recurrence, timeZone }: ScheduledAction,
  since: number,
  until: number,
): boolean {
  const start = startAt?.getTime() ?? 0;
  if (recurrence === undefined) return start > since && start <= until;
  // Croner's next run is later than the time that it gets.
  const from = new Date(Math.max(since, start - 1));
  const next = new Cron(recurrence, { timezone: timeZone, mode: '5-part' }).nextRun(from);
  return next !== null && next.getTime() <= Math.min(until, endAt?.getTime() ?? until);
}
