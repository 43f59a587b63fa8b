import test from 'ava';
import { UserError } from '../../../common/errors.ts';
import type { Deployment } from '../../../deployments/deployment.ts';
import { abort } from '../../../deployments/strategies/abort.ts';
import { begin, servingRevision } from '../../../deployments/strategies/begin.ts';
import { next } from '../../../deployments/strategies/next.ts';
import type { Outcome } from '../../../deployments/strategies/outcome.ts';
import { promote } from '../../../deployments/strategies/promote.ts';
import { rollback } from '../../../deployments/strategies/rollback.ts';
import { createRandom } from '../../../model/random.ts';
import { named, now, revision } from './examples.ts';
import { brokenAtRest, brokenRules } from './rules.ts';
import { anySettings, chance, oneOf, type Random, World } from './world.ts';

/** More answers than any deployment of at most twelve machines needs, whatever happens to it. */
const mostAnswers = 3000;

interface Run {
  random: Random;
  world: World;
  /** What the last apply made true; undefined before the first one. */
  applied: Deployment | undefined;
  broken: string[];
  /** How the commands ended, by strategy. */
  ends: Set<string>;
}

/** Types a command; one that is refused changes nothing. */
function command(run: Run): Deployment | undefined {
  const { random, world, applied } = run;
  const { blue, green } = world.desired;
  const observed = { blue: { desired: blue }, green: { desired: green } };
  const size = oneOf(random, [
    { min: 1, desired: 1, max: 4 },
    { min: 2, desired: 4, max: 12 },
  ]);
  const deploy = () => {
    const settings = anySettings(random);
    return begin(applied, { revision: revision(oneOf(random, [1, 2, 3, 4, 5])), settings, size, observed, now });
  };
  if (!applied) return deploy();
  const to = chance(random, 0.5) ? undefined : named(oneOf(random, [1, 2, 3]));
  const back = () => rollback(applied, { to, stepTimeoutSeconds: 600, observed, now });
  const commands = [deploy, deploy, back, () => promote(applied), () => abort(applied, 'a person')];
  try {
    return oneOf(random, commands)();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Carries a value on until it ends or the command is killed; returns how it ended. */
function carryOn(run: Run, begun: Deployment): Outcome['kind'] | 'killed' | 'endless' {
  const { random, world } = run;
  let value = begun;
  const ended = (kind: Outcome['kind'] | 'killed' | 'endless') => {
    run.ends.add(`${value.strategy.kind} ${kind}`);
    return kind;
  };
  for (let answers = 0; answers < mostAnswers; answers += 1) {
    if (chance(random, 0.01)) return ended('killed');
    if (value.progress && chance(random, 0.01)) value = abort(value, 'a person');
    const health = world.observe(run.applied ?? value);
    const outcome = next(value, health);
    if (outcome.kind === 'pause' && chance(random, 0.5)) value = promote(value);
    else if (outcome.kind === 'wait' || outcome.kind === 'smoke-test') continue;
    else if (outcome.kind !== 'apply') return ended(outcome.kind);
    else {
      run.broken.push(...brokenRules(run.applied, outcome.deployment, health));
      world.apply(outcome.deployment);
      value = outcome.deployment;
      // The state of a killed apply may have the value before or the one after.
      if (chance(random, 0.03)) return ended('killed');
      run.applied = value;
    }
  }
  return ended('endless');
}

function finish(run: Run, begun: Deployment): void {
  const serving = begun.progress ? begun.progress.from : (servingRevision(begun) ?? null);
  const before = run.applied;
  let ended = carryOn(run, begun);
  // Whoever types the next command applies what the state has, and goes on with it.
  for (; ended === 'killed' || ended === 'stuck' || ended === 'pause'; ended = carryOn(run, run.applied)) {
    if (!run.applied) return;
    run.world.apply(run.applied);
    if (ended === 'pause') run.applied = promote(run.applied);
  }
  // A command that was killed before its first apply has done nothing.
  if (!run.applied || run.applied === before) return;
  run.broken.push(...(ended === 'endless' ? ['every deployment ends'] : brokenAtRest(run.applied)));
  const now = run.applied.history.length > 0 ? run.applied.tracks[run.applied.live].revision : null;
  if (ended === 'rolled-back' && now !== serving) run.broken.push('what failed leaves what served before');
  if (ended === 'done' && begun.phase === 'progressing' && now !== begun.progress.to)
    run.broken.push('what is done serves');
}

function runOnce(seed: number): Pick<Run, 'broken' | 'ends'> {
  const random = createRandom(seed);
  const world = new World(random, oneOf(random, [0, 0.02, 0.2]));
  const run: Run = { random, world, applied: undefined, broken: [], ends: new Set() };
  for (let commands = 0; commands < 6; commands += 1) {
    const begun = command(run);
    if (begun) finish(run, begun);
  }
  return run;
}

test('no order of failures, kills and commands breaks a rule', (t) => {
  const reached = new Set<string>();
  for (let seed = 0; seed < 4000; seed += 1) {
    const { broken, ends } = runOnce(seed);
    t.deepEqual(broken, [], `seed ${seed}`);
    for (const end of ends) reached.add(end);
  }
  const everyStrategy = ['recreate', 'rolling', 'blue-green', 'canary', 'ab', 'shadow', 'rollback'];
  const expected = everyStrategy.flatMap((kind) =>
    ['done', 'rolled-back', 'stuck', 'killed'].map((end) => `${kind} ${end}`),
  );
  t.deepEqual([...reached].sort(), [...expected, 'ab pause', 'canary pause', 'shadow pause'].sort());
});
