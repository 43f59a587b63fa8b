import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import test from 'ava';
import { checkoutFolder } from '../common/paths.ts';

/** The folders that each folder may import from, lowest first; the order is the architecture. */
const layers: Record<string, readonly string[]> = {
  common: [],
  model: ['common'],
  app: ['common', 'model'],
  mlflow: ['common'],
  tracking: ['common', 'mlflow'],
  registry: ['common', 'model', 'mlflow'],
  experiments: ['common', 'model', 'tracking'],
  logs: ['common'],
  keys: ['common'],
  feedback: ['common'],
  shadow: ['common'],
  monitoring: ['common'],
  comparison: ['common'],
  bootstrap: ['common', 'monitoring'],
  // How a stage deploys is validated where the strategies read it.
  stages: ['common', 'model', 'deployments/strategies/settings.ts'],
  releases: ['common', 'model', 'monitoring', 'bootstrap'],
  stacks: ['common', 'bootstrap', 'stages', 'deployments/deployment.ts', 'deployments/revision.ts'],
  rehearsal: ['common'],
  terraform: ['common'],
  deployments: ['common', 'model', 'releases', 'stages', 'stacks', 'rehearsal', 'terraform'],
  benchmarks: ['common', 'model', 'bootstrap', 'releases', 'stages', 'rehearsal', 'deployments', 'shadow/current.ts'],
  acceptance: ['common', 'terraform', 'deployments'],
  load: ['common', 'model', 'stages', 'deployments'],
  classification: ['common', 'model', 'deployments/endpoint.ts', 'deployments/endpoint-tls.ts'],
};

/** Files of model/ that import nothing from it: each of its folders may import them. */
const modelBasics = ['algorithm-names.ts', 'prediction.ts', 'random.ts', 'softmax.ts', 'versions.ts'];

/** What else each folder inside model/ may import from it, lowest first. */
const modelLayers: Record<string, readonly string[]> = {
  features: [],
  datasets: ['features', 'settings.ts'],
  algorithms: ['features', 'settings.ts'],
  scoring: ['features', 'algorithms'],
  vectors: ['features', 'scoring'],
  artifact: ['features', 'algorithms', 'scoring'],
  evaluation: ['datasets', 'artifact'],
  gate: ['settings.ts', 'datasets', 'artifact', 'evaluation'],
  training: ['features', 'settings.ts', 'datasets', 'algorithms', 'scoring', 'vectors', 'artifact', 'evaluation'],
};

/** The value that is deployed and its strategies are pure: nothing that reaches a cloud is theirs. */
const pureDeployments = {
  'deployments/strategies': ['common', 'deployments/deployment.ts', 'deployments/revision.ts'],
};

const order = [
  ...Object.entries(layers),
  ...Object.entries(pureDeployments),
  ...Object.entries(modelLayers).map(([folder, allowed]) => {
    const paths = [...modelBasics, ...allowed].map((path) => `model/${path}`);
    return [`model/${folder}`, ['common', ...paths]] as const;
  }),
];

interface SourceFile {
  path: string;
  content: string;
}

async function sourcesIn(folder: string): Promise<SourceFile[]> {
  const entries = await readdir(join(checkoutFolder, folder), { recursive: true });
  const paths = entries.filter((name) => /(?<!\.d)\.ts$/.test(name)).map((name) => join(folder, name));
  return Promise.all(
    paths.map(async (path) => ({ path, content: await readFile(join(checkoutFolder, path), 'utf8') })),
  );
}

function importsOf({ path, content }: SourceFile): string[] {
  const targets = [...content.matchAll(/\b(?:from|import)\s*\(?'(\.{1,2}\/[^']+)'/g)].map(([, target = '']) => target);
  return targets.map((target) => normalize(join(dirname(path), target)));
}

for (const [folder, allowed] of order) {
  test(`${folder}/ imports only from the folders below it`, async (t) => {
    const isAllowed = (target: string) => [folder, ...allowed].some((path) => `${target}/`.startsWith(`${path}/`));
    const refused = (await sourcesIn(folder)).flatMap((file) =>
      importsOf(file)
        .filter((target) => target.endsWith('.ts') && !isAllowed(target))
        .map((target) => `${file.path} -> ${target}`),
    );
    t.deepEqual(refused, []);
  });
}

test('every file at the top of scripts/ is a command of the Makefile', async (t) => {
  const makefile = await readFile(join(checkoutFolder, 'Makefile'), 'utf8');
  const entries = await readdir(join(checkoutFolder, 'scripts'), { withFileTypes: true });
  const commands = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  // The cdktf CLI runs this one.
  const others = ['synth.ts'];
  t.deepEqual(
    commands.filter((name) => !makefile.includes(`node scripts/${name}`) && !others.includes(name)),
    [],
  );
});

test('private members begin with #, and only echarts is imported as a namespace', async (t) => {
  const files = (await Promise.all([...Object.keys(layers), 'scripts', 'test'].map(sourcesIn))).flat();
  const offending = (pattern: RegExp) =>
    files.flatMap(({ path, content }) =>
      content
        .split('\n')
        .filter((line) => pattern.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
  t.deepEqual(offending(/^\s+(?:private|protected|public) (?!constructor)/), []);
  t.deepEqual(offending(/^import \* as (?!echarts )/), []);
});
