import type { Checkout } from '../faults/checkout.ts';

/** The settings of a deployment that a measurement uses, by the name of its strategy. */
export const strategies: Record<string, string[]> = {
  recreate: ['strategy: recreate'],
  rolling: ['strategy: rolling'],
  'blue-green': ['strategy: blue-green'],
  canary: ['strategy: canary', 'steps: [50, 100]'],
};

/** Returns a stage that deploys by these settings, with a bake of some seconds. */
function withStrategy(yaml: string, settings: readonly string[], bakeSeconds: number): string {
  const lines = [`bakeSeconds: ${bakeSeconds}`, 'stepTimeoutSeconds: 400', ...settings];
  return yaml.replace(/^deployment:\n(?:[ #].*\n)*/m, `deployment:\n${lines.map((line) => `  ${line}\n`).join('')}`);
}

/** Makes a checkout deploy by these settings from now on. */
export function useStrategy(checkout: Checkout, settings: readonly string[], bakeSeconds: number): Promise<void> {
  return checkout.edit('stages/rehearsal.yaml', (yaml) => withStrategy(yaml, settings, bakeSeconds));
}
