import type { Case } from './case.ts';
import { observe } from './observe.ts';
import { goodRelease } from './releases.ts';
import { reportOf, wrongWeights } from './report.ts';
import { strategies, useStrategy } from './strategies.ts';
import { isAnswered, longestOutage } from './timeline.ts';

// Forty seconds of 50 requests are 2,000.
const bakeSeconds = 42;

const everyShare = ['strategy: canary', 'steps: [5, 25, 50, 100]'];

/** A good release by each strategy. */
export const goodCases: readonly Case[] = Object.keys(strategies).map((strategy, number) => ({
  name: `${strategy}: good`,
  run: async (rehearsal) => {
    const { checkout } = rehearsal;
    const settings = strategy === 'canary' ? everyShare : (strategies[strategy] ?? []);
    await useStrategy(checkout, settings, bakeSeconds);
    const { path, change } = goodRelease(number);
    await checkout.edit(path, change);
    const { release: old } = await rehearsal.status();
    const seen = await observe(rehearsal, ['apply']);
    const { release, problem } = await rehearsal.status();
    const releases = { old, new: release };
    const wrong = wrongWeights(seen, releases);
    const isCostly = strategy !== 'recreate' && !seen.answers.every(isAnswered);
    return {
      report: reportOf(seen, releases, [
        `Longest time without an answer: ${longestOutage(seen.answers).toFixed(1)} s.`,
        ...wrong,
      ]),
      isGood: seen.exitCode === 0 && release !== old && problem === null && !isCostly && wrong.length === 0,
    };
  },
}));
