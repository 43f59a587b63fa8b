import { UserError } from '../common/errors.ts';
import type { Deployment } from './deployment.ts';
import { bootsWith } from './revision.ts';

/** Refuses a shadow beside machines that were booted without what runs one. */
export function assertShadowPossible({ strategy, revisions, progress }: Deployment): void {
  const serving = revisions[progress?.from ?? ''];
  if (strategy.kind !== 'shadow' || !serving) return;
  if (bootsWith(serving, '"shadow": {')) return;
  throw new UserError(
    'The machines that serve cannot run a shadow. Set service.shadow.enabled to true, deploy once by another strategy (deployment.strategy), and then by shadow.',
  );
}
