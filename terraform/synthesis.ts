import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The part of a synthesis that says which provider and backend a stack has. */
export interface TerraformBlock {
  required_providers: { aws: { version: string } };
}

/** Reads it from the folder of a stack. */
export async function readTerraformBlock(stack: string): Promise<TerraformBlock> {
  const { terraform } = JSON.parse(await readFile(join(stack, 'cdk.tf.json'), 'utf8')) as { terraform: TerraformBlock };
  return terraform;
}
