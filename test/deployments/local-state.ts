import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import type { ExecutionContext } from 'ava';
import { stateFile } from '../../common/paths.ts';
import { loadStage, type Stage } from '../../stages/load.ts';

const { settings } = await loadStage('rehearsal');
let stages = 0;

/** A stage with a local state of this content until the test ends, and its file; undefined is no state. */
export async function stageWithState(t: ExecutionContext, content?: string): Promise<Stage & { file: string }> {
  const name = `state-test-${process.pid}-${stages++}`;
  const file = stateFile(name);
  t.teardown(async () => {
    for (const path of [file, `${file}.backup`]) await rm(path, { force: true });
  });
  await mkdir(dirname(file), { recursive: true });
  if (content !== undefined) await writeFile(file, content);
  return { name, settings, file: relative(process.cwd(), file) };
}
