import type { Amendments } from './gateway.ts';

/** Amends SetInstanceHealth: `replace` replaces an instance that is declared unhealthy, which the emulator only records. */
export function instanceHealthAmendments(
  replace: (instance: string, respectsGracePeriod: boolean) => void,
): Amendments {
  return {
    'autoscaling:SetInstanceHealth': async (answer, parameters) => {
      if (parameters.get('HealthStatus') === 'Unhealthy')
        replace(parameters.get('InstanceId') ?? '', parameters.get('ShouldRespectGracePeriod') !== 'false');
      return answer;
    },
  };
}
