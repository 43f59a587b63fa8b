/** A series that Prometheus calculates at each evaluation. */
export interface RecordingRule {
  record: string;
  expr: string;
  labels?: Record<string, string>;
}

/** A condition that rings when its expression has had a value for some time. */
export interface AlertingRule {
  alert: string;
  expr: string;
  /** How long the expression has a value before the alert rings, such as `5m`. */
  for: string;
  labels: { severity: Severity };
  annotations: { summary: string; description: string };
}

/** `critical`: people get no answers, or wrong ones, now; `warning`: they will, or fewer machines answer than should. */
export type Severity = 'critical' | 'warning';

/** Rules that are evaluated one after another; each sees what those before it have recorded. */
export interface RuleGroup {
  name: string;
  interval?: string;
  rules: readonly (RecordingRule | AlertingRule)[];
}
