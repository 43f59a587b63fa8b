import pc from 'picocolors';
import type { NamedApiKey } from '../../common/api-keys/record.ts';
import { terminalTable } from '../../common/tables.ts';
import type { Stage } from '../../stages/load.ts';
import { durationText } from './duration.ts';

const head = ['name', 'scopes', 'made', 'ends'];

interface Listed {
  keys: readonly NamedApiKey[];
  unreadable: readonly string[];
}

/** The keys of a stage for people; those of deployments, which end by themselves, too. */
export function apiKeysText({ keys, unreadable }: Listed, stage: Stage, now = new Date()): string {
  const rows = keys.map(({ name, scopes, createdAt, expiresAt }) => [
    name,
    scopes.join(', '),
    `${durationText(now.getTime() - Date.parse(createdAt))} ago`,
    expiresAt === undefined ? '–' : endOf(Date.parse(expiresAt) - now.getTime()),
  ]);
  const none = 'There is no API key. Make one: make api-key NAME=web-shop';
  return [
    rows.length === 0 ? none : terminalTable(head, rows),
    ...unreadable.map((name) => pc.yellow(`! ${name} holds no API key: remove the parameter`)),
    ...(stage.settings.service.access === 'open'
      ? [pc.yellow(`! Nobody is asked for a key: stages/${stage.name}.yaml says service.access: open`)]
      : []),
  ].join('\n');
}

function endOf(milliseconds: number): string {
  return milliseconds > 0 ? `in ${durationText(milliseconds)}` : 'has ended';
}
