/** Tells whether a call may change what machines, groups, balancers, alarms and roles there are; log lines and metrics do not. */
export function mayChangeState({ service, action }: { service?: string; action: string }): boolean {
  return service !== 'logs' && !/^(Describe|Get|List|PutMetricData)/.test(action);
}
