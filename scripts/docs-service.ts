import { readFile, writeFile } from 'node:fs/promises';
import { command, run } from './command.ts';
import { serviceTables, withTables } from './service-tables.ts';

const program = command('docs-service', "Make the tables in the service's documentation from its code").action(
  async () => {
    for (const [path, tables] of Object.entries(serviceTables)) {
      await writeFile(path, withTables(await readFile(path, 'utf8'), tables));
    }
  },
);

await run(program);
