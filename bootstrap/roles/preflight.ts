import type { Facts } from '../facts.ts';
import { assert } from '../tasks/assert.ts';
import type { Role } from '../tasks/task.ts';

/** Refuses a machine that the other roles and the release were not made for. */
export function preflightRole(): Role {
  return {
    name: 'preflight',
    tasks: [
      assert({ name: 'Check the distribution', that: unsupportedDistribution }),
      assert({ name: 'Check the architecture', that: unsupportedArchitecture }),
    ],
  };
}

const oldestDebian = 12;

function unsupportedDistribution({ distribution, distributionVersion }: Facts): string | undefined {
  // Debian testing and unstable have no version.
  if (distribution === 'debian' && Number(distributionVersion || oldestDebian) >= oldestDebian) return undefined;
  const found = [distribution, distributionVersion].filter(Boolean).join(' ') || 'no os-release';
  return `distribution: expected Debian ${oldestDebian} or newer, got ${found}; change fleet.image in the stage`;
}

function unsupportedArchitecture({ architecture }: Facts): string | undefined {
  if (architecture === 'x86_64') return undefined;
  return `architecture: expected x86_64, got ${architecture}; change fleet.instanceType and fleet.image in the stage`;
}
