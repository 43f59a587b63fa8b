import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceTables } from '../app/reference.ts';
import { bootstrapTables } from '../bootstrap/reference.ts';
import { type Tables, withTables } from '../common/generated-tables.ts';
import { checkoutFolder } from '../common/paths.ts';
import { writeFileWhole } from '../common/write-file.ts';
import { comparisonTables } from '../comparison/reference.ts';
import { modelTables } from '../model/reference.ts';
import { monitoringTables } from '../monitoring/reference.ts';
import { stackTables } from '../stacks/reference.ts';
import { stageTables } from '../stages/reference.ts';
import { createCommand, run } from './command-line/command.ts';

/** The generated tables, by page and name. */
export const generatedTables: Record<string, Tables> = {
  ...serviceTables,
  ...bootstrapTables,
  ...modelTables,
  ...comparisonTables,
  ...monitoringTables,
  ...stackTables,
  ...stageTables,
};

const program = createCommand('docs', 'Generates the tables of the documentation from the code.').action(async () => {
  for (const [page, tables] of Object.entries(generatedTables)) {
    const path = join(checkoutFolder, page);
    await writeFileWhole(path, withTables(await readFile(path, 'utf8'), tables));
  }
});

if (import.meta.main) await run(program);
