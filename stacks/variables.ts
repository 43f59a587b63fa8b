import type { MonitoringVariablesInput } from '../bootstrap/monitoring-variables.ts';
import { parseVariables, type VariablesInput, workerPorts } from '../bootstrap/variables.ts';
import { apiKeyPath } from '../common/api-keys/record.ts';
import { predictionKeyParameter } from '../common/feedback/record.ts';
import { shadowParameter } from '../common/shadow/parameter.ts';
import type { Settings } from '../stages/settings.ts';
import { logGroupPrefix } from './logs.ts';
import { bucketName, bucketUrl, endpointOf, feedbackBucket, releaseUrl, type Site } from './site.ts';

/** Returns the variables of each machine of a fleet. */
export function machineVariables(name: string, settings: Settings, site: Site): VariablesInput {
  const { service, proxy, network, fleet, logs, feedback, region } = settings;
  const { access, shadow, ...serving } = service;
  return {
    service: serving,
    nginx: {
      ...{ rateLimit: proxy.rateLimit, clientMaxBodyKilobytes: proxy.maxBodyKilobytes },
      loggedPercent: logs.requestPercent,
    },
    network: { cidr: network.cidr },
    fleet: { name, minReadySeconds: fleet.minReadySeconds },
    logs: { groups: logGroupPrefix(name), region, endpoint: endpointOf('logs', region, site) },
    ...(access === 'keys' && {
      apiKeys: { path: apiKeyPath(name), region, endpoint: endpointOf('ssm', region, site) },
    }),
    ...(feedback.enabled && {
      feedback: {
        ...{ bucket: bucketUrl(feedbackBucket(name, site), region, site), region },
        ...{ endpoint: endpointOf('ssm', region, site), parameter: predictionKeyParameter(name) },
        ...{ storeTexts: feedback.storeTexts, days: feedback.days },
      },
    }),
    ...(shadow.enabled && { shadow: shadowVariables(name, settings, site) }),
    ...(fleet.memoryTargetPercent && { memory: { endpoint: endpointOf('monitoring', region, site) } }),
  };
}

function shadowVariables(name: string, { service, region }: Settings, site: Site): VariablesInput['shadow'] {
  const { cpuPercent, memoryMegabytes, copyPercent } = service.shadow;
  return {
    ...{ parameter: shadowParameter(name), region, endpoint: endpointOf('ssm', region, site) },
    releases: releaseUrl(bucketName(name, site), region, { key: 'releases' }, site),
    ...{ cpuPercent, memoryMegabytes, copyPercent },
  };
}

/** Returns the variables of the monitoring machine of a fleet. */
export function monitoringVariables(fleet: string, settings: Settings, site: Site): MonitoringVariablesInput {
  const { network, region, alarms, monitoring } = settings;
  const machine = machineVariables(fleet, settings, site);
  const { scrapeSeconds, retentionDays, diskGigabytes, alertmanager, remoteWrite } = monitoring;
  return {
    network: { cidr: network.cidr },
    logs: machine.logs,
    cloud: { region, ...(site.rehearsal && { endpoint: site.rehearsal.storeEndpoint }) },
    fleet: { name: fleet, workers: workerPorts(parseVariables(machine)) },
    thresholds: { errorPercent: alarms.errorPercent, p90Milliseconds: alarms.p90Milliseconds },
    prometheus: {
      ...{ scrapeSeconds, retentionDays, retentionGigabytes: Math.floor(diskGigabytes / 2) },
      ...(alertmanager !== undefined && { alertmanager }),
      ...(remoteWrite !== undefined && { remoteWrite }),
    },
  };
}
