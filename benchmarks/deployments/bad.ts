import type { Rehearsal } from '../faults/rehearsal.ts';
import type { Case } from './case.ts';
import { type Observation, observe } from './observe.ts';
import { badReleases, type ReleaseChange } from './releases.ts';
import { reportOf } from './report.ts';
import { strategies, useStrategy } from './strategies.ts';
import { isAnswered } from './timeline.ts';

/** Long enough for an alarm of three periods, of 6 s in the rehearsal. */
const bakeSeconds = 40;

/** Each bad release by each strategy: the one before has to serve everything afterwards. */
export const badCases: readonly Case[] = Object.keys(strategies).flatMap((strategy) =>
  Object.entries(badReleases).map(([name, change]) => ({
    name: `${strategy}: ${name}`,
    run: (rehearsal: Rehearsal) => deployBad(rehearsal, strategies[strategy] ?? [], change),
  })),
);

async function deployBad(rehearsal: Rehearsal, settings: readonly string[], { path, change }: ReleaseChange) {
  const { checkout } = rehearsal;
  await useStrategy(checkout, settings, bakeSeconds);
  const { release: old } = await rehearsal.status();
  const seen = await checkout.withChange(path, change, () => observe(rehearsal, ['apply']));
  const { release, problem } = await rehearsal.status();
  const bad = seen.answers.find((answer) => answer.release !== '' && !old.startsWith(answer.release))?.release ?? '';
  const back = secondsBack(seen, bad);
  return {
    report: reportOf(seen, { old, new: bad }, [
      `Answers of the bad release: ${bad === '' ? 0 : seen.answers.filter((answer) => answer.release === bad).length}.`,
      ...(back === undefined ? [] : [`The one before had everything again ${back}.`]),
    ]),
    isGood: seen.exitCode !== 0 && release === old && (problem ?? '').includes('was rolled back'),
  };
}

/** Tells how long after the alarm, or else after the failure was found, the old release had everything again. */
function secondsBack({ answers, lines, rangAt, endedAt }: Observation, bad: string): string | undefined {
  // With the old machines gone nothing is answered until they are back.
  const isBad = (answer: Observation['answers'][number]) =>
    (bad !== '' && answer.release === bad) || !isAnswered(answer);
  const last = answers.findLast((answer) => answer.at < endedAt && isBad(answer));
  if (!last) return undefined;
  const found = lines.find(({ text }) => /^❯ .*(?:all traffic to|to no machines|again): /.test(text))?.at;
  const since = rangAt ?? found;
  if (since === undefined) return undefined;
  const seconds = Math.max(0, (last.at - since) / 1000).toFixed(1);
  return `${seconds} s after ${rangAt === undefined ? 'the failure was found' : 'an alarm rang'}`;
}
