/** A process that is killed at a step of a command. */
export interface Fault {
  command: 'apply' | 'destroy';
  /** What the command finds. */
  given: 'nothing' | 'a fleet that serves';
  /** The step in which it happens. */
  step: string;
  /** The line of output at which it happens. */
  at: RegExp;
  victim: 'command' | 'Terraform';
}

const steps: Record<string, RegExp> = {
  'train and pack': /^❯ Train the model/,
  'try the release': /^❯ Try the release/,
  synthesize: /^❯ Synthesize/,
  'terraform init': /^❯ terraform init/,
  'terraform plan': /^❯ terraform plan/,
  'terraform apply, the first resources': /^› [1-9]\d* of \d+/,
  'terraform apply, the last resources': /^› (?:3[5-9]|[4-6]\d) of \d+/,
  'terraform apply': /^› \d+ of \d+/,
  'terraform destroy': /^› \d+ of \d+/,
  'wait for machines': /^❯ Wait$/,
  'move the traffic': /^❯ \d+ % to /,
  'the last step': /^❯ \w+ is live/,
  'stop the rehearsal': /^❯ Stop the rehearsal/,
};

function faultsIn(
  command: Fault['command'],
  given: Fault['given'],
  victims: Record<string, readonly Fault['victim'][]>,
): Fault[] {
  return Object.entries(victims).flatMap(([step, killed]) =>
    killed.map((victim) => ({ command, given, step, at: steps[step] as RegExp, victim })),
  );
}

const both = ['command', 'Terraform'] as const;

/** A fault at each step of apply and destroy. */
export const faults: readonly Fault[] = [
  ...faultsIn('apply', 'nothing', {
    'train and pack': ['command'],
    'try the release': ['command'],
    synthesize: ['command'],
    'terraform init': ['command'],
    'terraform plan': both,
    'terraform apply, the first resources': both,
    'terraform apply, the last resources': both,
    'wait for machines': ['command'],
    'the last step': both,
  }),
  ...faultsIn('apply', 'a fleet that serves', {
    'train and pack': ['command'],
    'terraform plan': both,
    'terraform apply': both,
    'wait for machines': ['command'],
    'move the traffic': both,
    'the last step': both,
  }),
  ...faultsIn('destroy', 'a fleet that serves', {
    'terraform destroy': both,
    'stop the rehearsal': ['command'],
  }),
];
