import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import anyTest, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { checkoutFolder } from '../../common/paths.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { terraformThat } from '../terraform/fake.ts';

// Each starts a command: all at once would take a machine of few cores longer than a test may.
const test = anyTest.serial;

async function verb(
  name: string,
  parameters: string[] = [],
  environment: Record<string, string> = {},
  checkout = checkoutFolder,
) {
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [`${checkout}/scripts/${name}.ts`, ...parameters],
    {
      reject: false,
      stdin: 'ignore',
      env: { STAGE: '', COLUMNS: '200', ...environment },
    },
  );
  return { exitCode, stdout, stderr };
}

const deploying = ['rollback', 'promote', 'abort', 'releases', 'history'];

for (const name of [
  'apply',
  ...deploying,
  'destroy',
  'state',
  'logs',
  'load',
  'status',
  'api-key',
  'api-keys',
  'compare',
  'register',
  'models',
  'model',
  'promote-model',
  'experiment',
  'experiments',
]) {
  test(`${name} --help describes the command`, async (t) => {
    const { exitCode, stdout, stderr } = await verb(name, ['--help']);
    t.is(exitCode, 0);
    t.is(stderr, '');
    t.regex(stdout, new RegExp(`^Usage: ${name} \\[options\\]`));
    t.regex(stdout, /STAGE=<name>\s+chooses\s+the\s+stage/);
  });
}

test('sync-experiments without a server says which variable names one', async (t) => {
  t.deepEqual(await verb('sync-experiments', [], { MLFLOW_TRACKING_URI: '' }), {
    exitCode: 1,
    stdout: '',
    stderr:
      'sync-experiments: MLFLOW_TRACKING_URI is not set: expected the address of an MLflow server, such as http://127.0.0.1:5000',
  });
});

for (const alias of ['latest', 'v2', 'Live'])
  test(`promote-model to ${alias} is refused`, async (t) => {
    const { exitCode, stderr } = await verb('promote-model', ['--to', alias]);
    t.is(exitCode, 1);
    t.is(
      stderr,
      `promote-model: TO=${alias}: expected an alias such as staging or production, of lower-case letters, digits and hyphens; latest is always the newest version, and v2 would be taken for a version`,
    );
  });

for (const name of ['apply', ...deploying, 'status', 'load', 'register', 'models', 'model']) {
  test(`${name} of a stage that does not exist is one clear line`, async (t) => {
    t.deepEqual(await verb(name, [], { STAGE: 'nowhere' }), {
      exitCode: 1,
      stdout: '',
      stderr: `${name}: STAGE=nowhere: expected one of production, rehearsal. To add a stage, copy stages/rehearsal.yaml to stages/<name>.yaml.`,
    });
  });
}

/** A checkout in which nothing was ever deployed. */
async function newCheckout(t: ExecutionContext): Promise<string> {
  const folder = await temporaryFolder(t);
  const sources = [
    ...[
      'common',
      'model',
      'app',
      'keys',
      'comparison',
      'registry',
      'shadow',
      'logs',
      'monitoring',
      'bootstrap',
      'stages',
      'releases',
      'stacks',
      'rehearsal',
    ],
    ...['terraform', 'deployments', 'scripts', 'package.json'],
  ];
  for (const source of sources) await cp(join(checkoutFolder, source), join(folder, source), { recursive: true });
  await symlink(join(checkoutFolder, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

test('what goes on with a deployment, or lists what was deployed, says how to deploy where nothing is', async (t) => {
  const checkout = await newCheckout(t);
  const { environment } = await terraformThat(t, 'echo \'{"terraform_version":"1.12.0"}\'');
  const answers = [];
  // One after another: each holds the lock of the stage.
  for (const name of deploying) answers.push(await verb(name, [], { ...environment, STAGE: 'rehearsal' }, checkout));
  t.deepEqual(
    answers,
    deploying.map((name) => ({
      exitCode: 1,
      stdout: '',
      stderr: `${name}: The rehearsal is not running. Start it with: make apply STAGE=rehearsal`,
    })),
  );
});

test('state lists resources, and shows one by its address or by its name in a plan; another name and no state are refused', async (t) => {
  const checkout = await newCheckout(t);
  await mkdir(join(checkout, 'cdktf.out/stacks/intent-fleet-rehearsal'), { recursive: true });
  const version = 'version*) echo \'{"terraform_version":"1.12.0"}\';;';
  const list = 'aws_lb.balancer_0A1B2C3D\naws_vpc.vpc_0A1B2C3E';
  const listing = `*"state list") echo '${list}';; *) echo "# $*";;`;
  const { environment } = await terraformThat(t, `case "$*" in ${version} ${listing} esac`);
  const state = (...parameters: string[]) =>
    verb('state', parameters, { ...environment, STAGE: 'rehearsal' }, checkout);
  t.deepEqual(await state(), { exitCode: 0, stdout: list, stderr: '' });
  for (const name of ['aws_vpc.vpc', 'aws_vpc.vpc_0A1B2C3E']) {
    const { exitCode, stdout, stderr } = await state(name);
    t.deepEqual([exitCode, stderr], [0, '']);
    t.regex(stdout, / state show -no-color aws_vpc\.vpc_0A1B2C3E$/);
  }
  t.deepEqual(await state('aws_vpc.vcp'), {
    exitCode: 1,
    stdout: '',
    stderr:
      'state: RESOURCE=aws_vpc.vcp: expected a resource of the state, such as aws_vpc.vpc. List them with: make state',
  });
  const none = await terraformThat(t, `case "$*" in ${version} *) echo "No state file was found!" >&2; exit 1;; esac`);
  t.deepEqual(await verb('state', [], { ...none.environment, STAGE: 'rehearsal' }, checkout), {
    exitCode: 1,
    stdout: '',
    stderr: 'state: The state of rehearsal has no resources. Deploy with: make apply STAGE=rehearsal',
  });
});

test('plan of production with its blanks names both', async (t) => {
  t.deepEqual(await verb('plan', [], { STAGE: 'production' }), {
    exitCode: 1,
    stdout: '',
    stderr: [
      'plan: stages/production.yaml:26: state.bucket: expected an S3 bucket\'s name, got ""',
      'plan: stages/production.yaml:51: balancer.certificate.arn: expected an ACM certificate\'s ARN, got ""',
    ].join('\n'),
  });
});

test('the boundary of the machines of a stage without an account is refused, and so is a policy of nobody', async (t) => {
  t.deepEqual(await verb('policy', ['machines'], { STAGE: 'rehearsal' }), {
    exitCode: 1,
    stdout: '',
    stderr: 'policy: stages/rehearsal.yaml: account: expected the id of the account that the policy is for, got none',
  });
  const { exitCode, stderr } = await verb('policy', ['nobody']);
  t.is(exitCode, 1);
  t.regex(
    stderr,
    /^error: command-argument value 'nobody' is invalid for argument 'of'\. Allowed choices are deployer, deployer-services, machines\.\n/,
  );
});

test('an option that does not exist is refused, with the help', async (t) => {
  const { exitCode, stderr } = await verb('status', ['--jsno']);
  t.is(exitCode, 1);
  t.regex(stderr, /^error: unknown option '--jsno'\n.*\n+Usage: status \[options\]/s);
});

test('logs of no number of lines are refused', async (t) => {
  const { exitCode, stderr } = await verb('logs', ['--lines=0']);
  t.is(exitCode, 1);
  t.is(stderr, 'logs: LINES=0: expected a whole number from 1 to 9999999');
});

const mistakes: Record<string, [name: string, environment: Record<string, string>, message: string]> = {
  'rehearsal of a name that is none': [
    'rehearsal',
    { NAME: '../up' },
    'NAME=../up: expected at most 20 lower-case letters, digits and hyphens, a letter first',
  ],
  'rehearsal-stop of a name that is none': [
    'rehearsal-stop',
    { NAME: 'A' },
    'NAME=A: expected at most 20 lower-case letters, digits and hyphens, a letter first',
  ],
  'load at a rate that is none': ['load', { RATE: 'fast' }, 'RATE=fast: expected a number from 0.1 to 100000'],
  'load for too long': ['load', { SECONDS: '3601' }, 'SECONDS=3601: expected a whole number from 1 to 3600'],
  'load on too many connections': [
    'load',
    { CONNECTIONS: '1001' },
    'CONNECTIONS=1001: expected a whole number from 1 to 1000',
  ],
  'load of texts that are not there': [
    'load',
    { TEXTS: 'nowhere.txt' },
    'TEXTS=nowhere.txt: expected a file that can be read, got ENOENT',
  ],
  'status that is watched in another way': ['status', { WATCH: 'yes' }, 'WATCH=yes: expected 1, or nothing'],
  'acceptance of an unknown target': ['acceptance', { TARGET: 'azure' }, 'TARGET=azure: expected rehearsal or aws'],
  'acceptance in an account without a region': [
    'acceptance',
    { TARGET: 'aws', AWS_REGION: '' },
    'AWS_REGION: expected the region to build in, got none',
  ],
  'acceptance with a time cap that is none': ['acceptance', { MINUTES: '1h' }, 'MINUTES=1h: expected a number above 0'],
  'acceptance with a cost cap that is none': ['acceptance', { COST: '0' }, 'COST=0: expected a number above 0'],
  'acceptance that may cost more than its cap': [
    'acceptance',
    { TARGET: 'aws', AWS_REGION: 'eu-central-1', MINUTES: '600' },
    'COST=1: a run of 600 minutes may cost 1.18 USD; raise COST or lower MINUTES',
  ],
  'acceptance in an account, without a terminal to ask': [
    'acceptance',
    { TARGET: 'aws', AWS_REGION: 'eu-central-1', AUTO: '' },
    'A terminal is needed to ask for confirmation. AUTO=1 goes on without asking.',
  ],
};

for (const [title, [name, environment, message]] of Object.entries(mistakes)) {
  test(`${title} is one clear line`, async (t) => {
    t.deepEqual(await verb(name, [], environment), { exitCode: 1, stdout: '', stderr: `${name}: ${message}` });
  });
}

test('acceptance without a check of the given text is one clear line', async (t) => {
  const { exitCode, stderr } = await verb('acceptance', ['--only', 'nonsense']);
  t.is(exitCode, 1);
  t.is(stderr, 'acceptance: --only nonsense: no check has this text in its name');
});

test('validate-data lists what is wrong with each row, and its exit code tells a program', async (t) => {
  const folder = await temporaryFolder(t);
  const data = join(folder, 'own.csv');
  const rows = Array.from({ length: 20 }, (_, at) => `money back ${at},refund\nparcel late ${at},delivery\n`).join('');
  const validate = async (more: string) => {
    await writeFile(data, `text,intent\n${rows}${more}`);
    const output = join(folder, 'out');
    return verb('validate-data', ['--data', data, '--output', output], { STAGE: 'rehearsal' });
  };
  const good = await validate('');
  t.deepEqual([good.exitCode, good.stderr], [0, '']);
  const bad = await validate('money back 1,delivery\n');
  t.deepEqual([bad.exitCode, bad.stderr], [2, '']);
  t.regex(bad.stdout, /2\s+│ the same text has another intent, too\s+│ to be mended/);
  t.regex(
    await readFile(join(folder, 'out/findings.csv'), 'utf8'),
    /^finding,file,line,intent,text,detail\n"conflict","[^"]+own.csv","\d+","refund","money back 1","delivery on line 42"\n/,
  );
  const none = await verb('validate-data', ['--data', join(folder, 'none.csv')], { STAGE: 'rehearsal' });
  t.deepEqual([none.exitCode, none.stdout], [1, '']);
});
