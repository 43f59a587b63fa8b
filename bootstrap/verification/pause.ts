import { setTimeout as sleep } from 'node:timers/promises';

/** Waits some seconds; tests only record them. */
export type Pause = (seconds: number) => Promise<void>;

/** Waits in real time. */
export const pause: Pause = (seconds) => sleep(seconds * 1000);
