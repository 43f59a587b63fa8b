import { formatPercent } from '../../common/percent.ts';
import { terminalTable } from '../../common/tables.ts';
import type { MoveRecord } from '../../registry/move-record.ts';
import type { VersionRecord } from '../../registry/version-record.ts';

const head = ['version', 'model', 'registered', 'profile', 'intents', 'accuracy', 'test texts', 'aliases', 'serves'];

const movesShown = 10;

export interface ModelsTextProps {
  versions: readonly VersionRecord[];
  aliases: ReadonlyMap<string, number>;
  moves: readonly MoveRecord[];
  /** The digests of the models that serve, by stage. */
  serving: ReadonlyMap<string, string>;
}

/** The versions of a model for people, the newest first, and the last moves of aliases. */
export function modelsText({ versions, aliases, moves, serving }: ModelsTextProps): string {
  const rows = versions.map(({ version, artifact, registeredAt, parameters, intents, metrics }) => [
    ...[String(version), artifact, registeredAt, parameters.profile, String(intents)],
    ...[formatPercent(metrics.accuracy), String(metrics.examples)],
    [...aliases].flatMap(([alias, at]) => (at === version ? alias : [])).join(', '),
    [...serving].flatMap(([stage, model]) => (model === artifact ? stage : [])).join(', '),
  ]);
  return [terminalTable(head, rows.reverse()), ...moves.slice(-movesShown).reverse().map(moveText)].join('\n');
}

function moveText({ alias, version, from, at, reason }: MoveRecord): string {
  return `${at} ${alias}: ${from === null ? '' : `version ${from} → `}version ${version}: ${reason}`;
}
