import { stringify } from 'yaml';
import type { ModelOptions } from './model-options.ts';

/** Returns what to type, after what to put into the stage file, so that a stage is deployed with a model of these options. */
export function deployLines(stage: string, { textColumn, intentColumn, ...others }: ModelOptions): string {
  const columns = {
    ...(textColumn !== undefined && { text: textColumn }),
    ...(intentColumn !== undefined && { intent: intentColumn }),
  };
  const model = { ...others, ...(Object.keys(columns).length > 0 && { columns }) };
  const command = `make apply${stage === 'rehearsal' ? '' : ` STAGE=${stage}`}`;
  if (Object.keys(model).length === 0) return `Deploy it with: ${command}`;
  const lines = stringify({ model }, { lineWidth: 0 }).trimEnd();
  const indented = lines.replaceAll(/^/gm, '  ');
  return `To deploy it, let stages/${stage}.yaml say this, and type: ${command}\n\n${indented}`;
}
