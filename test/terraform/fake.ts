import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { Terraform } from '../../terraform/terraform.ts';
import { writeProgram } from '../support/programs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A program called terraform that does what `script` says, first on the PATH of `environment`. */
export async function terraformThat(t: ExecutionContext, script: string) {
  const folder = await temporaryFolder(t);
  await writeProgram(join(folder, 'terraform'), `#!/bin/sh\ncd '${folder}'\necho "$@" >> calls\n${script}\n`);
  const environment = { PATH: [folder, process.env.PATH].join(delimiter), HOME: folder };
  const calls = async () => (await readFile(join(folder, 'calls'), 'utf8')).trimEnd().split('\n');
  return { folder, environment, calls, terraform: new Terraform('/stack', environment) };
}
