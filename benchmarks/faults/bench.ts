import { markdownTable } from '../../common/tables.ts';
import { carryOut, type Recovery } from './carry-out.ts';
import { type Fault, faults } from './faults.ts';

/** Carries out the faults whose description contains `selection`, and prints a table of what came after each. */
export async function benchFaults(selection: string): Promise<boolean> {
  const chosen = faults.filter((fault) => describe(fault).join(' ').includes(selection));
  const rows: string[][] = [];
  let areGood = chosen.length > 0;
  for (const fault of chosen) {
    console.log(`${describe(fault).join(', ')} …`);
    const recovery = await carryOut(fault);
    const isGood = hasRecovered(recovery);
    if (!isGood) console.log(recovery.output);
    areGood &&= isGood;
    rows.push([...describe(fault), ...rowOf(recovery), isGood ? 'yes' : 'no']);
  }
  const head = ['command', 'given', 'step', 'killed', 'typed again', 'seconds', 'failed requests', 'left behind'];
  console.log(markdownTable([...head, 'recovered'], rows));
  return areGood;
}

function describe({ command, given, step, victim }: Fault): string[] {
  return [`make ${command}`, given, step, victim];
}

/** Tells whether the same command went through, everything serves, no request failed and nothing is left. */
function hasRecovered({ exitCode, problem, requests, left }: Recovery): boolean {
  return exitCode === 0 && (problem ?? null) === null && (requests?.failed ?? 0) === 0 && left.length === 0;
}

function rowOf({ exitCode, seconds, requests, left }: Recovery): string[] {
  const failed = requests ? `${requests.failed} of ${requests.answered + requests.failed}` : '';
  return [`exit code ${exitCode}`, seconds.toFixed(0), failed, left.join(', ') || 'nothing'];
}
