import type { Tables } from '../common/generated-tables.ts';
import { markdownTable } from '../common/tables.ts';
import { panels } from './panels.ts';
import { ruleGroups } from './rules.ts';

/** The generated tables in the documentation of monitoring, by page and name. */
export const monitoringTables: Record<string, Tables> = {
  'docs/monitoring.md': { panels: panelTable, alerts: alertTable },
};

function panelTable(): string {
  const rows = panels.map(({ group, title, description }) => [group, title, description]);
  return markdownTable(['group', 'panel', 'tells'], rows);
}

function alertTable(): string {
  const alerts = ruleGroups().flatMap(({ rules }) => rules.filter((rule) => 'alert' in rule));
  const rows = alerts.map(({ alert, labels, annotations, ...rule }) => [
    ...[`\`${alert}\``, labels.severity, rule.for, withoutValues(annotations.summary)],
    withoutValues(annotations.description),
  ]);
  return markdownTable(['alert', 'severity', 'after', 'says', 'means, and what to do'], rows);
}

// What Prometheus fills in when the alert rings.
function withoutValues(text: string): string {
  return text.replaceAll('{{ $labels.instance }}', 'i-…').replaceAll(/\{\{.*?\}\}/g, '…');
}
