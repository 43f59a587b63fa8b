import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, type Node, type Pair, parseDocument } from 'yaml';
import type { Tables } from '../common/generated-tables.ts';
import { checkoutFolder } from '../common/paths.ts';
import { markdownTable } from '../common/tables.ts';

/** The generated tables in the documentation of the settings, by page and name. */
export const stageTables: Record<string, Tables> = { 'docs/settings.md': { settings: rehearsalTable } };

function rehearsalTable(): string {
  return settingsTable(settingsReference(readFileSync(join(checkoutFolder, 'stages/rehearsal.yaml'), 'utf8')));
}

/** A setting of an annotated stage. */
export interface Setting {
  /** Its path, such as `fleet.size.max`. */
  path: string;
  /** Its value in that stage, as YAML. */
  value: string;
  /** Its comment, or the comment of the section that it is in. */
  meaning: string;
}

/** Returns every setting of an annotated stage, in the file's order. */
export function settingsReference(yaml: string): Setting[] {
  return settingsOf(parseDocument(yaml).contents, '', '');
}

function settingsOf(node: unknown, path: string, meaning: string): Setting[] {
  if (!isMap(node) || node.items.length === 0) return [{ path, value: String(node), meaning }];
  return node.items.flatMap((pair, index) => {
    const inner = [path, String((pair.key as Node).toJSON())].filter(Boolean).join('.');
    const above = index === 0 ? lastParagraph(node.commentBefore) : '';
    return settingsOf(pair.value, inner, lastParagraph(commentOf(pair)) || above || meaning);
  });
}

function commentOf({ key }: Pair): string | null | undefined {
  return isScalar(key) ? key.commentBefore : undefined;
}

/** The last paragraph of a comment, on one line. */
function lastParagraph(comment: string | null | undefined): string {
  const [paragraph = ''] = (comment ?? '').split('\n\n').slice(-1);
  return paragraph.replaceAll(/\s+/g, ' ').trim();
}

/** Returns a Markdown table of settings. */
export function settingsTable(settings: readonly Setting[]): string {
  const rows = settings.map(({ path, value, meaning }) => [`\`${path}\``, `\`${value}\``, meaning]);
  return markdownTable(['setting', 'in the rehearsal', 'meaning'], rows);
}
