import { allow, type Policy, policyOf } from './policy.ts';
import type { Scope } from './scope.ts';

/** The permissions boundary of the machines' role: what it may ever do, whatever its own policies allow. */
export function machinesBoundary({ unowned, bucket }: Scope): Policy {
  return policyOf([allow('ReadReleases', 's3', ['GetObject'], [unowned('s3', `${bucket}/releases/*`)])]);
}
