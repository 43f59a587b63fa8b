import type { Answers } from './gateway.ts';

/** Adds to SetInstanceHealth what the emulator only records: `replace` replaces an instance that is declared unhealthy. */
export function instanceHealthAnswers(replace: (instance: string, respectsGracePeriod: boolean) => void): Answers {
  return {
    'autoscaling:SetInstanceHealth': (parameters) => {
      if (parameters.get('HealthStatus') === 'Unhealthy')
        replace(parameters.get('InstanceId') ?? '', parameters.get('ShouldRespectGracePeriod') !== 'false');
      return undefined;
    },
  };
}
