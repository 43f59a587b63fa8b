import { markdownTable } from '../../common/tables.ts';
import type { Card, CardSection } from './card.ts';

/** Writes a card as Markdown. */
export function cardMarkdown({ title, sections }: Card): string {
  return `${[`# ${title}`, ...sections.map(sectionMarkdown)].join('\n\n')}\n`;
}

function sectionMarkdown({ title, sentences, table }: CardSection): string {
  const written = table
    ? [
        markdownTable(
          table.head,
          table.rows.map((row) => row.map(plain)),
        ),
      ]
    : [];
  const text = sentences.length > 0 ? [sentences.map(plain).join(' ')] : [];
  return [`## ${title}`, ...text, ...written].join('\n\n');
}

// Names of intents are anybody's: in Markdown they are text, on one line.
function plain(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]<>]/g, '\\$&')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
