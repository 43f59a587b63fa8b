import { Checkout } from '../faults/checkout.ts';
import { Rehearsal } from '../faults/rehearsal.ts';
import { badCases } from './bad.ts';
import { goodCases } from './good.ts';
import { killedCases } from './killed.ts';
import { rollbackCases } from './rollback.ts';

/**
 * Deploys good and bad releases by each strategy under 50 requests a second, rolls back, and kills the command at each step;
 * prints what each has cost. Only those cases whose name contains `selection`.
 */
export async function benchDeployments(selection: string): Promise<boolean> {
  const cases = [...goodCases, ...rollbackCases, ...badCases, ...killedCases];
  const chosen = cases.filter(({ name }) => name.includes(selection));
  const failed: string[] = [];
  const checkout = await Checkout.copy();
  try {
    const rehearsal = new Rehearsal(checkout);
    await checkout.edit('stages/rehearsal.yaml', withoutLimits);
    const { exitCode, output } = await checkout.make('apply');
    if (exitCode !== 0) throw new Error(`The first deployment failed:\n${output}`);
    for (const { name, run } of chosen) {
      const { report, isGood } = await run(rehearsal);
      console.log(`\n## ${name}${isGood ? '' : ': NOT AS EXPECTED'}\n\n${report}`);
      if (!isGood) failed.push(name);
    }
  } finally {
    await checkout.make('destroy');
    await checkout.remove();
  }
  console.log(
    `\n${chosen.length - failed.length} of ${chosen.length} as expected; not: ${failed.join(', ') || 'none'}`,
  );
  return chosen.length > 0 && failed.length === 0;
}

function withoutLimits(yaml: string): string {
  return yaml
    .replace(/requests: \d+$/m, 'requests: 0')
    .replace(/requestsPerSecond: \d+$/m, 'requestsPerSecond: 100000')
    .replace(/burst: \d+$/m, 'burst: 10000');
}
