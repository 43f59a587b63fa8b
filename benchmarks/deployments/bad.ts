import type { Answer } from '../faults/load.ts';
import type { Rehearsal } from '../faults/rehearsal.ts';
import type { Case } from './case.ts';
import { type Observation, observe } from './observe.ts';
import { badReleases, type ReleaseChange } from './releases.ts';
import { reportOf } from './report.ts';
import { strategies, useStrategy } from './strategies.ts';
import { isAnswered } from './timeline.ts';

/** Long enough for an alarm of three periods, of 6 s in the rehearsal. */
const bakeSeconds = 40;

/** Seconds after the alarm until the old release has everything again; a boot more where its track has shrunk. */
const goals: Record<string, number> = { 'blue-green': 15, canary: 15, rolling: 75, recreate: 120 };

/** Each bad release by each strategy: the one before has to serve everything afterwards. */
export const badCases: readonly Case[] = Object.keys(strategies).flatMap((strategy) =>
  Object.entries(badReleases).map(([name, change]) => ({
    name: `${strategy}: bad, ${name}`,
    run: (rehearsal: Rehearsal) => deployBad(rehearsal, strategy, change),
  })),
);

async function deployBad(rehearsal: Rehearsal, strategy: string, { path, change }: ReleaseChange) {
  const { checkout } = rehearsal;
  await useStrategy(checkout, strategies[strategy] ?? [], bakeSeconds);
  const { release: old } = await rehearsal.status();
  const seen = await checkout.withChange(path, change, () => observe(rehearsal, ['apply']));
  const { release, problem } = await rehearsal.status();
  const bad = seen.answers.find((answer) => answer.release !== '' && !old.startsWith(answer.release))?.release ?? '';
  const back = secondsBack(seen, bad);
  const goal = goals[strategy] ?? 0;
  return {
    report: reportOf(seen, { old, new: bad }, [
      `Answers of the bad release: ${bad === '' ? 0 : seen.answers.filter((answer) => answer.release === bad).length}.`,
      ...(back
        ? [`The one before had everything again ${back.seconds.toFixed(1)} s after ${back.since} (goal: ${goal} s).`]
        : []),
    ]),
    isGood:
      seen.exitCode !== 0 &&
      release === old &&
      (problem ?? '').includes('was rolled back') &&
      (back?.seconds ?? 0) <= goal,
  };
}

/** How long after the alarm, or else after the failure was found, the old release had everything again; undefined where it always had. */
function secondsBack({ answers, lines, rangAt, endedAt }: Observation, bad: string) {
  // With the old machines gone nothing is answered until they are back.
  const isBad = (answer: Answer) => (bad !== '' && answer.release === bad) || !isAnswered(answer);
  const last = answers.findLast((answer) => answer.at < endedAt && isBad(answer));
  const found = lines.find(({ text }) => /^❯ .*(?:all traffic to|to no machines|again): /.test(text))?.at;
  const at = rangAt ?? found;
  if (!last || at === undefined) return undefined;
  const since = rangAt === undefined ? 'the failure was found' : 'an alarm rang';
  return { seconds: Math.max(0, (last.at - at) / 1000), since };
}
