import type { VariablesInput } from '../bootstrap/variables.ts';
import type { Settings } from '../stages/settings.ts';

/** Returns the variables of each machine of a fleet. */
export function machineVariables(fleet: string, settings: Settings): VariablesInput {
  const { service, proxy, network } = settings;
  return {
    service,
    nginx: { rateLimit: proxy.rateLimit, clientMaxBodyKilobytes: proxy.maxBodyKilobytes },
    network: { cidr: network.cidr },
    fleet: { name: fleet, minReadySeconds: settings.fleet.minReadySeconds },
  };
}
