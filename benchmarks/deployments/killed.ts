import { markdownTable } from '../../common/tables.ts';
import type { Rehearsal, Status } from '../faults/rehearsal.ts';
import type { Case } from './case.ts';
import { type Observation, observe } from './observe.ts';
import { goodRelease } from './releases.ts';
import { strategies, useStrategy } from './strategies.ts';
import { failedIn } from './timeline.ts';

/** A command killed at each step of each strategy, and then, in turn, `make promote` and `make abort`. */
export const killedCases: readonly Case[] = Object.keys(strategies).map((strategy) => ({
  name: `${strategy}: killed`,
  run: async (rehearsal) => {
    await useStrategy(rehearsal.checkout, strategies[strategy] ?? [], 4);
    const rows: string[][] = [];
    let areGood = true;
    for (let number = 0; ; number += 1) {
      const killed = await killAt(rehearsal, number);
      if (!killed) break;
      const verb = number % 2 === 0 ? 'promote' : 'abort';
      const between = await rehearsal.status();
      // A deployment that was over but for what is cleared away has nothing left to abort.
      const isUnderWay = between.problem?.includes('is under way') === true;
      const seen = await observe(rehearsal, [isUnderWay ? verb : 'apply']);
      const after = await rehearsal.status();
      const failed = failedIn(killed.seen.answers) + failedIn(seen.answers);
      const isGood = seen.exitCode === 0 && hasOneLive(after) && (failed === 0 || strategy === 'recreate');
      areGood &&= isGood;
      rows.push([
        killed.step,
        isUnderWay ? `make ${verb}` : 'make apply',
        `exit code ${seen.exitCode}`,
        String(failed),
        isGood ? 'yes' : `no: ${JSON.stringify(after.tracks)}`,
      ]);
    }
    return {
      report: markdownTable(['killed at', 'then', 'ended with', 'failed requests', 'one live track'], rows),
      isGood: areGood && rows.length > 0,
    };
  },
}));

let releases = 100;

/** Kills a deployment at its step of this number, counted from 0 at the first apply; undefined where it ended before. */
async function killAt(rehearsal: Rehearsal, number: number): Promise<{ step: string; seen: Observation } | undefined> {
  const { path, change } = goodRelease(releases++);
  await rehearsal.checkout.edit(path, change);
  let isCounting = false;
  let count = -1;
  let step: string | undefined;
  const seen = await observe(rehearsal, ['apply'], (line) => {
    const title = /^\s*❯ (.+)$/.exec(line)?.[1];
    isCounting ||= title === 'terraform apply';
    if (title === undefined || !isCounting || step !== undefined) return false;
    count += 1;
    if (count === number) step = title;
    return count === number;
  });
  return step === undefined ? undefined : { step, seen };
}

function hasOneLive({ tracks }: Status): boolean {
  const withTraffic = Object.values(tracks).filter(({ weight }) => weight > 0);
  const withMachines = Object.values(tracks).filter(({ desired }) => desired > 0);
  const [serving] = withTraffic;
  return (
    withTraffic.length === 1 && withMachines.length === 1 && withMachines[0] === serving && serving?.isLive === true
  );
}
