import { textAt } from '../protocols/input.ts';
import type { Answers } from './gateway.ts';

/** Adds to SetInstanceHealth what the emulator only records: `replace` replaces an instance that is declared unhealthy. */
export function instanceHealthAnswers(replace: (instance: string, respectsGracePeriod: boolean) => void): Answers {
  return {
    'autoscaling:SetInstanceHealth': (input) => {
      if (input.HealthStatus === 'Unhealthy')
        replace(textAt(input, 'InstanceId'), input.ShouldRespectGracePeriod !== 'false');
      return undefined;
    },
  };
}
