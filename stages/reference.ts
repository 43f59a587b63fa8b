import { isMap, isScalar, type Node, type Pair, parseDocument } from 'yaml';

/** One setting, as the annotated stage shows it. */
export interface Setting {
  /** Its path, such as `fleet.size.max`. */
  path: string;
  /** Its value in that stage, as YAML. */
  value: string;
  /** What its comment says, or that of what it stands in. */
  meaning: string;
}

/** Every setting of an annotated stage, in the file's order. */
export function settingsReference(yaml: string): Setting[] {
  return settingsOf(parseDocument(yaml).contents, '', '');
}

function settingsOf(node: unknown, path: string, meaning: string): Setting[] {
  if (!isMap(node) || node.items.length === 0) return [{ path, value: String(node), meaning }];
  return node.items.flatMap((pair, index) => {
    const inner = [path, String((pair.key as Node).toJSON())].filter(Boolean).join('.');
    const above = index === 0 ? text(node.commentBefore) : '';
    return settingsOf(pair.value, inner, text(commentOf(pair)) || above || meaning);
  });
}

function commentOf({ key }: Pair): string | null | undefined {
  return isScalar(key) ? key.commentBefore : undefined;
}

function text(comment: string | null | undefined): string {
  const [paragraph = ''] = (comment ?? '').split('\n\n').slice(-1);
  return paragraph.replaceAll(/\s+/g, ' ').trim();
}

/** A table of the settings, in Markdown. */
export function settingsTable(settings: readonly Setting[]): string {
  const rows = settings.map(
    ({ path, value, meaning }) => `| \`${path}\` | \`${value}\` | ${meaning.replaceAll('|', '\\|')} |`,
  );
  return ['| setting | in the rehearsal | meaning |', '|---|---|---|', ...rows].join('\n');
}
