import { OutageReport } from '../../common/outage-report.ts';
import type { CurrentShadow } from '../current.ts';
import type { Shadow } from './shadow.ts';

export interface FollowProps {
  /** Returns which release is to run. */
  read: () => Promise<CurrentShadow | undefined>;
  start: (release: string) => Promise<Pick<Shadow, 'release' | 'stop' | 'exposition'>>;
  /** Writes the figures, none where nothing runs. */
  write: (figures: string) => Promise<void>;
  /** A turn for each; those that are true write the figures. */
  ticks: AsyncIterable<boolean>;
  report: (sentence: string) => void;
}

/** Runs in each turn the release that is to run, and no other. */
export async function follow({ read, start, write, ticks, report }: FollowProps): Promise<void> {
  const outage = new OutageReport({
    fails: (message) => `The shadow does not run: ${message}`,
    works: (failures) => `The shadow runs after ${failures} failed attempts`,
    report,
  });
  let running: Awaited<ReturnType<FollowProps['start']>> | undefined;
  for await (const isDue of ticks) {
    const before = running;
    await outage.during(async () => {
      const current = await read();
      if (current?.release === running?.release) return;
      await running?.stop();
      running = undefined;
      if (current) running = await start(current.release);
    });
    if (isDue || running !== before) await write((await running?.exposition()) ?? '');
  }
}
