/** The metric that machines publish of their memory, in percent of what they have; its dimension names their group. */
export const memoryMetric = {
  namespace: 'IntentFleet',
  name: 'MemoryUtilization',
  dimension: 'AutoScalingGroupName',
} as const;
