import type { VariablesInput } from '../bootstrap/variables.ts';
import type { Settings } from '../stages/settings.ts';
import { logGroupPrefix } from './logs.ts';
import { logsEndpoint, type Site } from './site.ts';

/** Returns the variables of each machine of a fleet. */
export function machineVariables(fleet: string, settings: Settings, site: Site): VariablesInput {
  const { service, proxy, network, region } = settings;
  return {
    service,
    nginx: { rateLimit: proxy.rateLimit, clientMaxBodyKilobytes: proxy.maxBodyKilobytes },
    network: { cidr: network.cidr },
    fleet: { name: fleet, minReadySeconds: settings.fleet.minReadySeconds },
    logs: { groups: logGroupPrefix(fleet), region, endpoint: logsEndpoint(region, site) },
  };
}
