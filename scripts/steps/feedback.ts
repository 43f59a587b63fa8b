import type { CloudTarget } from '../../deployments/cloud-target.ts';
import { FeedbackStore } from '../../deployments/feedback-store.ts';
import { feedbackBucket } from '../../stacks/site.ts';
import { stackName } from '../../stacks/stack-name.ts';
import type { Stage } from '../../stages/load.ts';

/** Returns the feedback of a stage. */
export function feedbackStoreOf(stage: Stage, { access, site }: CloudTarget): FeedbackStore {
  const stack = stackName(stage);
  return new FeedbackStore({ access, stack, bucket: feedbackBucket(stack, site) });
}
