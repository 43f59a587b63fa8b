import { join } from 'node:path';
import { agrees } from '../acceptance/check.ts';
import { allChecks } from '../acceptance/checks/list.ts';
import { clientsOf } from '../acceptance/clients.ts';
import { assertAffordable, type Caps, estimateCost } from '../acceptance/cost.ts';
import { describeDifferences } from '../acceptance/report.ts';
import { orAborted } from '../acceptance/run.ts';
import { cleanUp, runSession } from '../acceptance/session.ts';
import { awsTarget, type Target } from '../acceptance/target.ts';
import { Workspace } from '../acceptance/workspace.ts';
import { InterruptedError, UserError } from '../common/errors.ts';
import { checkoutFolder } from '../common/paths.ts';
import { placeBeside } from '../rehearsal/place.ts';
import { removeCloud } from '../rehearsal/stop.ts';
import { createCommand, endingSignals, leaveSignals, run } from './command-line/command.ts';
import { confirm } from './command-line/confirmation.ts';
import { distinctLines } from './command-line/progress.ts';
import { ensureTerraform } from './steps/ensure-terraform.ts';
import { holdPlace } from './steps/hold.ts';
import { acceptanceRehearsal, startOwn } from './steps/own-rehearsal.ts';

// Removes what an earlier run has left, and builds nothing.
const onlyCleans = process.env.CLEAN === '1';

const program = createCommand(
  'acceptance',
  'Compare what AWS documents with what happens: in a rehearsal, or with TARGET=aws in the account of your credentials.',
)
  .option('--only <text>', 'only the checks with this text in their name', '')
  .addHelpText(
    'after',
    '\nFor TARGET=aws: AWS_REGION=<region>, MINUTES=<time cap, 60>, COST=<cap in US dollars, 1>, AUTO=1 does not ask;\nCLEAN=1 only removes what an earlier run has left.',
  )
  .action(async ({ only }: { only: string }) => {
    await ensureTerraform();
    leaveSignals();
    const checks = allChecks.filter(({ name }) => name.includes(only));
    if (checks.length === 0) throw new UserError(`--only ${only}: no check has this text in its name`);
    const report = distinctLines(console.log);
    const caps = capsOf(process.env);
    await withTarget(caps, report, async (target, signal) => {
      const folder = join(checkoutFolder, 'state', `acceptance-${target.name}`);
      if (onlyCleans) {
        const workspace = new Workspace(folder, target, report);
        return orAborted(signal, () => cleanUp(workspace, clientsOf(target.access), report));
      }
      const results = await runSession({ target, folder, checks, signal, report });
      console.log(`\n${describeDifferences(results, checks.length, target.name)}`);
      if (!results.every(agrees)) process.exitCode = 1;
      if (signal.aborted) throw signal.reason;
    });
  });

function capsOf({ MINUTES, COST }: NodeJS.ProcessEnv): Caps {
  return { minutes: positive('MINUTES', MINUTES || '60'), cost: positive('COST', COST || '1') };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new UserError(`${name}=${text}: expected a number above 0`);
  return value;
}

/** Runs with the target that TARGET names and a signal that ends the run; the rehearsal begins and ends with it. */
async function withTarget(
  caps: Caps,
  report: (line: string) => void,
  work: (target: Target, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { TARGET = 'rehearsal' } = process.env;
  if (TARGET === 'aws') return work(await confirmedAccount(caps), endOf(caps));
  if (TARGET !== 'rehearsal') throw new UserError(`TARGET=${TARGET}: expected rehearsal or aws`);
  const place = placeBeside(checkoutFolder, 'acceptance');
  await holdPlace(place, 'make acceptance', async () => {
    const signal = endOf(caps);
    try {
      await work(await acceptanceRehearsal(await startOwn(place, 'eu-central-1', report)), signal);
    } finally {
      await removeCloud(place);
    }
  });
}

async function confirmedAccount(caps: Caps): Promise<Target> {
  const { AWS_REGION: region } = process.env;
  if (!region) throw new UserError('AWS_REGION: expected the region to build in, got none');
  if (onlyCleans) return awsTarget(region);
  assertAffordable(caps);
  const cost = estimateCost(caps).toFixed(2);
  await confirm(
    `Build about 40 resources in ${region} for at most ${caps.minutes} minutes, about ${cost} USD?`,
    region,
  );
  return awsTarget(region);
}

/** A signal that is aborted by the time cap, and when the user interrupts the run. */
function endOf({ minutes }: Caps): AbortSignal {
  const consequence = onlyCleans ? 'run the command again for what is left' : 'what was built is removed';
  const end = new AbortController();
  const timeout = () => end.abort(new UserError(`MINUTES=${minutes}: the run was not over by then; ${consequence}`));
  setTimeout(timeout, minutes * 60_000).unref();
  for (const signal of endingSignals)
    process.once(signal, () => end.abort(new InterruptedError(`interrupted; ${consequence}`, signal)));
  return end.signal;
}

await run(program);
// A check that was interrupted may still wait.
process.exit();
