import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeServiceTables } from '../app/reference.ts';
import { checkoutFolder } from '../common/paths.ts';
import { withModelSettings } from '../model/reference.ts';
import { settingsReference, settingsTable } from '../stages/reference.ts';
import { command, run } from './command-line/command.ts';

/** The page on settings, made from the annotated stage. */
export function settingsPage(yaml: string): string {
  return `# Settings

A stage is one file, \`stages/<name>.yaml\`; \`STAGE=<name>\` chooses it, and a copy of \`stages/rehearsal.yaml\` is a new one.
Everything is checked before anything runs: a key that does not exist, or a value that cannot be, is refused with its place,
what was expected and what came. Every key has to be there but those below \`model\`, which have defaults (docs/model.md).

<!-- Made by \`node scripts/docs.ts\` from stages/rehearsal.yaml. -->
${settingsTable(settingsReference(yaml))}
`;
}

const program = command('docs', 'Make the pages that are generated from the code.').action(async () => {
  const yaml = await readFile(join(checkoutFolder, 'stages/rehearsal.yaml'), 'utf8');
  await writeFile(join(checkoutFolder, 'docs/settings.md'), settingsPage(yaml));
  const model = join(checkoutFolder, 'docs/model.md');
  await writeFile(model, withModelSettings(await readFile(model, 'utf8')));
  await writeServiceTables(checkoutFolder);
});

if (import.meta.main) await run(program);
