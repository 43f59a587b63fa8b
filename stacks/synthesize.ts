import { join } from 'node:path';
import { App } from 'cdktf';
import type { Stage } from '../stages/load.ts';
import { IntentStack, type IntentStackProps } from './intent-stack.ts';

/** The stack's name, which names its folder in cdktf.out, too. */
export function stackName(stage: Stage): string {
  return `${stage.settings.name}-${stage.name}`;
}

/** Writes the stage's Terraform under `outdir` and returns the folder that Terraform runs in. */
export function synthesize(props: IntentStackProps, outdir: string): string {
  const name = stackName(props.stage);
  const app = new App({ outdir, skipBackendValidation: true, context: { excludeStackIdFromLogicalIds: 'true' } });
  new IntentStack(app, name, props);
  app.synth();
  return join(outdir, 'stacks', name);
}
