import { stringify } from 'yaml';
import type { RuleGroup } from './rule.ts';
import { availabilityAlerts } from './rules/availability.ts';
import { confidenceDrift, intentDrift } from './rules/drift.ts';
import { driftAlerts } from './rules/drift-alerts.ts';
import { saturationAlerts } from './rules/saturation.ts';
import { trafficAlerts } from './rules/traffic.ts';
import { upkeepAlerts } from './rules/upkeep.ts';
import { defaultThresholds, type Thresholds } from './thresholds.ts';

/** Returns all rules of Prometheus; thresholds that are not given have their default. */
export function ruleGroups(given: Partial<Thresholds> = {}): RuleGroup[] {
  const thresholds = { ...defaultThresholds, ...given };
  return [
    {
      // An hour's shares hardly change within a minute.
      ...{ name: 'drift', interval: '1m' },
      rules: [...intentDrift(thresholds), ...confidenceDrift(thresholds), ...driftAlerts(thresholds)],
    },
    { name: 'availability', rules: availabilityAlerts },
    { name: 'traffic', rules: trafficAlerts(thresholds) },
    { name: 'saturation', rules: saturationAlerts(thresholds) },
    { name: 'upkeep', rules: upkeepAlerts(thresholds) },
  ];
}

/** Renders the rules as the file that `rule_files` of Prometheus names. */
export function rulesFile(thresholds: Partial<Thresholds> = {}): string {
  return stringify({ groups: ruleGroups(thresholds) }, { lineWidth: 0, aliasDuplicateObjects: false });
}
