import { adoptPlanFile } from '../../common/paths.ts';
import { adoptUnrecorded } from '../../deployments/adopt.ts';
import { unrecordedIn } from '../../deployments/unrecorded.ts';
import { reporter } from '../command-line/progress.ts';
import type { Carrier } from './carrier.ts';

/**
 * Imports into the state what a killed Terraform has created and not recorded; the task's title says what that was. It may have
 * been at the value that the state holds, or at the one after it: each of `syntheses` makes one, and what is missing of it is found.
 */
export async function adoptLeftovers(
  { stage, record, target, terraform }: Pick<Carrier, 'stage' | 'record' | 'target' | 'terraform'>,
  task: { title: string; output: string },
  syntheses: readonly (() => Promise<unknown>)[],
): Promise<void> {
  const adopted: string[] = [];
  for (const synthesize of syntheses) {
    await synthesize();
    adopted.push(
      ...(await adoptUnrecorded({
        ...unrecordedIn(target.access),
        ...{ terraform, planFile: adoptPlanFile(stage.name), report: reporter(task) },
      })),
    );
  }
  await record.clear();
  task.title += `: ${adopted.join(', ') || 'nothing that is not in the state'}`;
}

/** What the step is called that does so. */
export const adoptionTitle = 'Look for what a killed command has created';
