import type { VariablesInput } from '../bootstrap/variables.ts';
import type { Settings } from '../stages/settings.ts';
import { logGroupPrefix } from './logs.ts';
import { endpointOf, type Site } from './site.ts';

/** Returns the variables of each machine of a fleet. */
export function machineVariables(name: string, settings: Settings, site: Site): VariablesInput {
  const { service, proxy, network, fleet, region } = settings;
  return {
    service,
    nginx: { rateLimit: proxy.rateLimit, clientMaxBodyKilobytes: proxy.maxBodyKilobytes },
    network: { cidr: network.cidr },
    fleet: { name, minReadySeconds: fleet.minReadySeconds },
    logs: { groups: logGroupPrefix(name), region, endpoint: endpointOf('logs', region, site) },
    ...(fleet.memoryTargetPercent && { memory: { endpoint: endpointOf('monitoring', region, site) } }),
  };
}
