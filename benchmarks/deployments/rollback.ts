import type { Case } from './case.ts';
import { observe } from './observe.ts';
import { goodRelease } from './releases.ts';
import { reportOf } from './report.ts';
import { useStrategy } from './strategies.ts';
import { isAnswered } from './timeline.ts';

/** Seconds from the command to the last answer of the release that it leaves. */
const goals = { warm: 15, none: 60 };

/** A rollback after a finished blue-green deployment, whose old machines are kept or gone. */
export const rollbackCases: readonly Case[] = (['warm', 'none'] as const).map((keep, number) => ({
  name: `rollback: ${keep === 'warm' ? 'warm' : 'cold'}`,
  run: async (rehearsal) => {
    const { checkout } = rehearsal;
    await useStrategy(checkout, ['strategy: blue-green', `keep: ${keep}`], 2);
    const { path, change } = goodRelease(10 + number);
    await checkout.edit(path, change);
    const { release: old } = await rehearsal.status();
    const deployed = await checkout.make('apply');
    if (deployed.exitCode !== 0) throw new Error(deployed.output);
    const { release: left } = await rehearsal.status();
    const seen = await observe(rehearsal, ['rollback']);
    const { release, problem } = await rehearsal.status();
    const last = seen.answers.findLast((answer) => isAnswered(answer) && left.startsWith(answer.release));
    const seconds = ((last?.at ?? seen.beganAt) - seen.beganAt) / 1000;
    return {
      report: reportOf(seen, { old: left, new: old }, [
        `The release before had everything after ${seconds.toFixed(1)} s (goal: ${goals[keep]} s).`,
      ]),
      isGood:
        seen.exitCode === 0 &&
        release === old &&
        problem === null &&
        seen.answers.every(isAnswered) &&
        seconds <= goals[keep],
    };
  },
}));
