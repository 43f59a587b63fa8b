import { setTimeout as sleep } from 'node:timers/promises';
import { MetricsFile } from '../../common/metrics-file.ts';
import { readCurrent } from '../current.ts';
import { follow } from './follow.ts';
import { readSettings } from './settings.ts';
import { Shadow } from './shadow.ts';

const pauseMilliseconds = 2000;

/** Figures are written in each of so many turns. */
const writingTurns = 4;

const { metrics, ...settings } = readSettings(process.env);
const report = (sentence: string) => console.log(sentence);
const file = new MetricsFile(metrics, report);

await follow({
  read: () => readCurrent(settings.folder),
  start: (release) => Shadow.start({ ...settings, release, report }),
  write: (figures) => file.write(figures),
  ticks: turns(),
  report,
});

async function* turns(): AsyncGenerator<boolean> {
  for (let turn = 0; ; turn += 1) {
    yield turn % writingTurns === 0;
    await sleep(pauseMilliseconds);
  }
}
