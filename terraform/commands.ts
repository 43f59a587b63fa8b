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
  plan: (stack: string, file: string, destroy = false) => [
    `-chdir=${stack}`,
    'plan',
    '-json',
    '-input=false',
    '-lock-timeout=120s',
    '-detailed-exitcode',
    `-parallelism=${parallelism}`,
    ...(destroy ? ['-destroy'] : []),
    `-out=${file}`,
  ],
  show: (stack: string, file: string) => [`-chdir=${stack}`, 'show', '-json', file],
  apply: (stack: string, file: string) => [
    `-chdir=${stack}`,
    'apply',
    '-json',
    '-input=false',
    '-lock-timeout=120s',
    `-parallelism=${parallelism}`,
    file,
  ],
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

// Resources mostly wait for each other and for AWS, not for processors.
const parallelism = 20;
