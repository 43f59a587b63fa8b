// Resources mostly wait for each other and for AWS, not for processors.
const parallelism = 20;

const applying = ['apply', '-json', '-input=false', '-lock-timeout=120s', `-parallelism=${parallelism}`];

export interface PlanOptions {
  /** Whether everything is to be destroyed. */
  destroy?: boolean;
  /** Whether Terraform looks first at what has changed outside of it. */
  refresh?: boolean;
}

/** Terraform's arguments for the stack in the folder `stack`, with machine-readable output where there is any. */
export const terraformCommands = {
  version: () => ['version', '-json'],
  init: (stack: string, mirror: string | undefined) => [
    `-chdir=${stack}`,
    'init',
    '-input=false',
    '-no-color',
    ...(mirror ? [`-plugin-dir=${mirror}`] : []),
  ],
  plan: (stack: string, file: string, { destroy = false, refresh = true }: PlanOptions = {}) => [
    `-chdir=${stack}`,
    'plan',
    '-json',
    '-input=false',
    '-lock-timeout=120s',
    '-detailed-exitcode',
    `-parallelism=${parallelism}`,
    ...(destroy ? ['-destroy'] : []),
    ...(refresh ? [] : ['-refresh=false']),
    `-out=${file}`,
  ],
  show: (stack: string, file: string) => [`-chdir=${stack}`, 'show', '-json', file],
  apply: (stack: string, file: string) => [`-chdir=${stack}`, ...applying, file],
  applyAtOnce: (stack: string) => [`-chdir=${stack}`, ...applying, '-auto-approve', '-refresh=false'],
  import: (stack: string, address: string, id: string) => [
    `-chdir=${stack}`,
    'import',
    '-input=false',
    '-no-color',
    '-lock-timeout=120s',
    address,
    id,
  ],
  untaint: (stack: string, address: string) => [
    `-chdir=${stack}`,
    'untaint',
    '-no-color',
    '-lock-timeout=120s',
    address,
  ],
  stateList: (stack: string) => [`-chdir=${stack}`, 'state', 'list'],
  stateShow: (stack: string, resource: string, colour: boolean) => [
    `-chdir=${stack}`,
    'state',
    'show',
    ...(colour ? [] : ['-no-color']),
    resource,
  ],
};
