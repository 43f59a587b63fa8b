import { sha256 } from '../common/checksum.ts';

/** The id of the construct, with which the names of its resources in Terraform begin. */
export const monitoringId = 'monitoring';

/** Tells whether a resource in Terraform is of the monitoring machine, by its address. */
export function isOfMonitoring(address: string): boolean {
  return new RegExp(`^aws_\\w+\\.${monitoringId}_`).test(address);
}

const suffix = '-monitoring';
const longest = 32;

/** Returns the name of the monitoring machine's group, role and launch templates. */
export function monitoringName(stack: string): string {
  return `${stack}${suffix}`;
}

/** Returns the name of the monitoring machine's target group, at most 32 characters; two stacks never have the same. */
export function monitoringTargetGroup(stack: string): string {
  const whole = monitoringName(stack);
  if (whole.length <= longest) return whole;
  const digits = sha256(stack).slice(0, 8);
  return `${stack.slice(0, longest - suffix.length - digits.length - 1)}-${digits}${suffix}`;
}
