import { open } from 'node:fs/promises';
import { quotedField } from '../../common/csv-field.ts';

const rowsAtOnce = 20_000;

/** Writes a CSV file with the columns `id` and `text`: as many rows as asked for, the texts one after another, again and again. */
export async function writeTexts(path: string, texts: readonly string[], count: number): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.write('id,text\n');
    for (let first = 0; first < count; first += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, count - first);
      const lines = Array.from({ length: rows }, (_, at) => {
        const text = texts[(first + at) % texts.length] as string;
        return `${first + at},${quotedField(text)}\n`;
      });
      await file.write(lines.join(''));
    }
  } finally {
    await file.close();
  }
}
