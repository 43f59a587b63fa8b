import { readFile } from 'node:fs/promises';
import { stateFile } from '../common/paths.ts';
import { unlessMissing } from '../common/unless-missing.ts';
import { writeFileWhole } from '../common/write-file.ts';
import type { Stage } from '../stages/load.ts';
import { isState } from './state-outputs.ts';

/**
 * Puts the version before of a local state in the place of one that a killed Terraform has not written to its end; returns whether it
 * did. Terraform empties the file before it writes it. What was created since that version is in no state.
 */
export async function mendTornState({ name, settings }: Pick<Stage, 'name' | 'settings'>): Promise<boolean> {
  if (settings.state.backend !== 'local') return false;
  const file = stateFile(name);
  const text = await readFile(file, 'utf8').catch(unlessMissing);
  const before = await readFile(`${file}.backup`, 'utf8').catch(unlessMissing);
  if (text === undefined || isState(text) || before === undefined || !isState(before)) return false;
  await writeFileWhole(file, before);
  return true;
}
