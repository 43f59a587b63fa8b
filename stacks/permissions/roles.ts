import type { Settings } from '../../stages/settings.ts';
import type { Permission } from '../identity.ts';
import {
  discoveryActions,
  feedbackAction,
  keyReadingAction,
  predictionKeyAction,
  publishingAction,
  publishingCondition,
  remoteWriteActions,
  shadowReadingAction,
} from './machines.ts';
import type { Scope } from './scope.ts';

/**
 * What the role of a machine that serves may do besides, by the name of the policy. It may read the hashes of API keys in a stage that
 * is open to everyone, and store feedback in one that takes none: a revision that is kept may need it.
 */
export function fleetPermissions(
  { fleet: { memoryTargetPercent }, service }: Pick<Settings, 'fleet' | 'service'>,
  { apiKeys, predictionKey, feedback, shadow }: Pick<Scope, 'apiKeys' | 'predictionKey' | 'feedback' | 'shadow'>,
): Record<string, Permission> {
  const always = {
    'read-api-keys': { actions: [keyReadingAction], resources: apiKeys },
    'read-prediction-key': { actions: [predictionKeyAction], resources: [predictionKey] },
    'store-feedback': { actions: [feedbackAction], resources: [feedback] },
    // A kept revision that may not read it any more runs no shadow, and says so once.
    ...(service.shadow.enabled && { 'read-shadow': { actions: [shadowReadingAction], resources: [shadow] } }),
  };
  if (memoryTargetPercent === undefined) return always;
  const { key: variable, value } = publishingCondition;
  const condition = [{ test: 'StringEquals', variable, values: [value] }];
  return { ...always, 'publish-memory': { actions: [publishingAction], resources: ['*'], condition } };
}

/** What the role of the monitoring machine may do besides; `metricsOf` makes the start of an ARN of stored metrics in a region. */
export function monitoringPermissions(
  { remoteWrite }: Settings['monitoring'],
  metricsOf: (region: string) => string,
): Record<string, Permission> {
  // The workspace that gets the samples may be in another region than the stage.
  const resources = remoteWrite && [`${metricsOf(remoteWrite.region)}:workspace/*`];
  return {
    'find-machines': { actions: discoveryActions, resources: ['*'] },
    ...(resources && { 'write-metrics': { actions: remoteWriteActions, resources } }),
  };
}
