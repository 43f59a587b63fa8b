import { UserError } from '../common/errors.ts';
import type { Site } from '../stacks/site.ts';
import { stackName } from '../stacks/stack-name.ts';
import type { Stage } from '../stages/load.ts';

/** What the resources of a stage belong to; a stage that is built cannot change it. */
export interface StageIdentity {
  account: string;
  region: string;
  /** The name of its stack. */
  stack: string;
}

const remedies: Record<keyof StageIdentity, string> = {
  account: 'Use credentials of that account',
  region: 'Put the region back',
  stack: "Put the stage's name back",
};

/** What a stage's settings and the credentials say that it belongs to. */
export function identityOf(stage: Stage, { accountId }: Site): StageIdentity {
  return { account: accountId, region: stage.settings.region, stack: stackName(stage) };
}

/** Refuses a state that was built for another account, region or name: its resources would be forgotten, not moved. */
export function assertSameIdentity(built: Record<string, unknown> | undefined, now: StageIdentity): void {
  for (const key of Object.keys(remedies) as (keyof StageIdentity)[]) {
    const before = built?.[key];
    // A state of an earlier version does not say it.
    if (before === undefined || before === now[key]) continue;
    throw new UserError(
      `This stage was built with the ${key} ${before}, not ${now[key]}. ${remedies[key]}, or destroy it with the old one first: make destroy`,
    );
  }
}
