/** When requests are due, in milliseconds since the start. */
export interface Schedule {
  /** Returns when the next request is due; undefined when none is left to send. `now` is the present time. */
  next(now: number): number | undefined;
  /** The number of requests that were due, and none was sent because all connections were busy. */
  unsent(): number;
}

// A request that is due shortly before the end may be late by a timer's inaccuracy or a busy moment.
const catchUpMilliseconds = 1000;

/** Requests at even intervals; one that is late is sent at once, until a second after the end. */
export function atRate(rate: number, seconds: number): Schedule {
  const all = Math.round(rate * seconds);
  let taken = 0;
  const next = (now: number) => {
    if (taken === all || now > seconds * 1000 + catchUpMilliseconds) return undefined;
    const due = (taken * 1000) / rate;
    taken += 1;
    return due;
  };
  return { next, unsent: () => all - taken };
}

/** A request whenever a connection is free. */
export function withoutPause(seconds: number): Schedule {
  return { next: (now) => (now < seconds * 1000 ? now : undefined), unsent: () => 0 };
}
