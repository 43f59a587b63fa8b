import pc from 'picocolors';
import { terminalTable } from '../../common/tables.ts';
import type { HistoryEntry } from '../../deployments/history-entry.ts';
import { durationText } from './duration.ts';

const head = ['when (UTC)', 'who', 'command', 'from', 'to', 'strategy', 'outcome', 'took'];

/** The deployments of a stage for people, in the order given; below them, each reason in full. */
export function historyText(entries: readonly HistoryEntry[]): string {
  if (entries.length === 0) return 'No deployment is recorded yet.';
  const reasons = entries.flatMap((entry) => (entry.reason === null ? [] : [reasonLine(entry, entry.reason)]));
  return [terminalTable(head, entries.map(rowOf)), ...reasons].join('\n');
}

function rowOf({ beganAt, endedAt, user, host, command, from, to, strategy, outcome, modelVersions }: HistoryEntry) {
  return [
    ...[timeOf(beganAt), `${user} on ${host}`, command],
    ...[revisionText(from, modelVersions?.from), revisionText(to, modelVersions?.to), strategy, outcome],
    endedAt === null ? '–' : durationText(Date.parse(endedAt) - Date.parse(beganAt)),
  ];
}

function revisionText(revision: string | null, model: string | null | undefined): string {
  if (revision === null) return '–';
  return model ? `${revision}\nmodel ${model}` : revision;
}

function reasonLine({ beganAt, to, outcome }: HistoryEntry, reason: string): string {
  return pc.red(`${timeOf(beganAt)} ${to} ${outcome}: ${reason}`);
}

// Such as `2026-01-02 03:04:05`.
function timeOf(iso: string): string {
  return new Date(iso).toISOString().slice(0, 19).replace('T', ' ');
}
