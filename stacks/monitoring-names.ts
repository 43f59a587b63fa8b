import { targetGroupName } from './target-group-name.ts';

/** The id of the construct, with which the names of its resources in Terraform begin. */
export const monitoringId = 'monitoring';

/** Tells whether a resource in Terraform is of the monitoring machine, by its address. */
export function isOfMonitoring(address: string): boolean {
  return new RegExp(`^aws_\\w+\\.${monitoringId}_`).test(address);
}

/** Returns the name of the monitoring machine's group, role and launch templates. */
export function monitoringName(stack: string): string {
  return `${stack}-monitoring`;
}

/** Returns the name of the monitoring machine's target group. */
export function monitoringTargetGroup(stack: string): string {
  return targetGroupName(stack, 'monitoring');
}
