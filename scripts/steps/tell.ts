import { hostname, userInfo } from 'node:os';
import type { UnderWay } from '../../deployments/deployment.ts';
import { endpointOf } from '../../deployments/endpoint.ts';
import { History } from '../../deployments/history.ts';
import { type HistoryEntry, historyFormat } from '../../deployments/history-entry.ts';
import type { HookDescription } from '../../deployments/hooks.ts';
import { storeClient } from '../../deployments/s3.ts';
import { readStateOutputs } from '../../deployments/state-outputs.ts';
import type { End } from '../../deployments/walk.ts';
import { parseOutputs } from '../../stacks/outputs.ts';
import { bucketName } from '../../stacks/site.ts';
import { stackName } from '../../stacks/stack-name.ts';
import type { Carrier } from './carrier.ts';

/** Returns the history of a stage. */
export function historyOf({ stage, target }: Pick<Carrier, 'stage' | 'target'>): History {
  return new History({ client: storeClient(target.access), bucket: bucketName(stackName(stage), target.site) });
}

/** Records a deployment: that it is under way, or how it ended. A record that cannot be kept stops nothing. */
export async function recordDeployment(
  carrier: Carrier,
  command: string,
  deployed: UnderWay,
  end?: End,
): Promise<void> {
  const { revisions, strategy, progress } = deployed;
  const { from, to, beganAt } = progress;
  const versionOf = (revision: string) => revisions[revision]?.modelVersion ?? 'unknown';
  const entry: HistoryEntry = {
    ...{ format: historyFormat, beganAt, endedAt: end ? new Date().toISOString() : null },
    ...{ user: userInfo().username, host: hostname(), command, strategy: strategy.kind, from, to },
    ...{ outcome: outcomeOf(end), reason: reasonOf(end) },
    modelVersions: { from: from === null ? null : versionOf(from), to: versionOf(to) },
  };
  await historyOf(carrier)
    .record(entry)
    .catch((error: Error) => console.error(`Warning: the history lacks this deployment: ${error.message}`));
}

function outcomeOf(end: End | undefined): HistoryEntry['outcome'] {
  switch (end?.kind) {
    case 'done':
      return 'successful';
    case 'rolled-back':
      return 'rolled back';
    case 'stuck':
      return 'stuck';
    default:
      return 'under way';
  }
}

function reasonOf(end: End | undefined): string | null {
  return end?.kind === 'rolled-back' || end?.kind === 'stuck' ? end.reason : null;
}

/** Describes a deployment to a hook. Before the first one, there is no URL. */
export async function describeForHook(
  { stage, target }: Pick<Carrier, 'stage' | 'target'>,
  command: string,
  deployed: UnderWay,
  end?: End,
): Promise<HookDescription> {
  const outputs = await readStateOutputs(stage);
  const { revisions, strategy, progress } = deployed;
  const { from, to } = progress;
  return {
    ...{ stage: stage.name, command, user: userInfo().username, strategy: strategy.kind, from, to },
    release: revisions[to]?.release ?? null,
    modelVersion: revisions[to]?.modelVersion ?? null,
    url: outputs?.deployment === undefined ? null : endpointOf(target, parseOutputs(outputs)).url,
    ...{ outcome: end ? outcomeOf(end) : null, reason: reasonOf(end) },
  };
}
