import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { Checkout } from '../../benchmarks/faults/checkout.ts';
import { ensurePythonProgram } from '../../rehearsal/install.ts';
import { emulated } from '../rehearsal/gateway/emulated.ts';
import { accessKey } from '../rehearsal/gateway/signed.ts';

const dvcPackage = { program: 'dvc', name: 'dvc', version: '3.67.1', requirement: 'dvc[s3]' };

const region = 'eu-central-1';
const all = ['prepare', 'train', 'evaluate', 'register'];

/** A repository with this version's files, its pipeline, and a remote in the emulated S3. */
class Pipeline {
  readonly #program: string;
  readonly folder: string;

  constructor(program: string, folder: string) {
    this.#program = program;
    this.folder = folder;
  }

  async git(...parameters: string[]): Promise<void> {
    const identity = ['-c', 'user.name=us', '-c', 'user.email=us@example.com'];
    await execa('git', [...identity, ...parameters], { cwd: this.folder });
  }

  async commit(message: string): Promise<void> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--message', message);
  }

  /** Runs a command of DVC, such as `metrics diff --json`. */
  async dvc(command: string): Promise<string> {
    const env = { AWS_ACCESS_KEY_ID: accessKey.accessKeyId, AWS_SECRET_ACCESS_KEY: accessKey.secretAccessKey };
    const { stdout } = await execa(this.#program, command.split(' '), { cwd: this.folder, env, stdin: 'ignore' });
    return stdout;
  }

  /** Runs such a command; returns the stages that it has run. */
  async stagesOf(command: string): Promise<string[]> {
    return [...(await this.dvc(command)).matchAll(/^Running stage '(.+)':$/gm)].map(([, name = '']) => name);
  }

  read(path: string): Promise<string> {
    return readFile(join(this.folder, path), 'utf8');
  }

  async edit(path: string, from: string, to: string): Promise<void> {
    await writeFile(join(this.folder, path), (await this.read(path)).replace(from, to));
  }

  async remove(path: string): Promise<void> {
    await rm(join(this.folder, path), { recursive: true });
  }
}

async function createPipeline(t: ExecutionContext): Promise<Pipeline> {
  const checkout = await Checkout.copy();
  t.teardown(() => checkout.remove());
  const pipeline = new Pipeline(await ensurePythonProgram(dvcPackage, () => undefined), checkout.folder);
  await pipeline.git('init', '--quiet');
  await pipeline.dvc('init --quiet --force');
  await pipeline.dvc('config core.analytics false');
  await pipeline.dvc('config core.check_update false');
  return pipeline;
}

async function addRemote(t: ExecutionContext, pipeline: Pipeline): Promise<void> {
  const { objects, endpoint } = await emulated(t);
  const CreateBucketConfiguration = { LocationConstraint: region } as const;
  await objects.send(new CreateBucketCommand({ Bucket: 'our-models', CreateBucketConfiguration }));
  await pipeline.dvc('remote add --default storage s3://our-models/dvc');
  await pipeline.dvc(`remote modify storage region ${region}`);
  await pipeline.dvc(`remote modify --local storage endpointurl ${endpoint}`);
}

test('DVC runs what has changed, compares experiments, and keeps what was made in S3', async (t) => {
  const pipeline = await createPipeline(t);
  await addRemote(t, pipeline);
  t.deepEqual(await pipeline.stagesOf('repro'), all);
  const registered = JSON.parse(await pipeline.read('build/pipeline/registered.json'));
  const { version } = JSON.parse(await pipeline.read('build/pipeline/artifact/manifest.json'));
  t.deepEqual(registered, { name: 'intents', version: 1, artifact: version });
  t.deepEqual(await pipeline.stagesOf('repro'), []);
  await pipeline.commit('The first model');

  await pipeline.edit('params.yaml', 'test-share: 0.2', 'test-share: 0.3');
  t.deepEqual(await pipeline.stagesOf('repro'), all);
  await pipeline.edit('params.yaml', 'test-share: 0.3', 'test-share: 0.2');
  t.deepEqual(await pipeline.stagesOf('repro'), [], 'what was made before is taken from the cache');
  await pipeline.edit('scripts/evaluate.ts', 'await run(program);', 'await run(program);\n');
  t.deepEqual(await pipeline.stagesOf('repro'), ['evaluate']);
  await pipeline.git('checkout', '--quiet', '.');
  await pipeline.dvc('checkout');

  t.deepEqual(await pipeline.stagesOf('exp run --set-param train.algorithm=bayes'), ['train', 'evaluate', 'register']);
  const metrics = Object.values(JSON.parse(await pipeline.dvc('metrics diff --json')))[0] as Record<string, Change>;
  t.true((metrics.accuracy?.diff ?? 0) < 0, JSON.stringify(metrics));
  t.deepEqual(JSON.parse(await pipeline.dvc('params diff --json')), {
    'params.yaml': { 'train.algorithm': { old: 'linear-svm', new: 'bayes' } },
  });
  const plots = JSON.parse(await pipeline.dvc('plots diff --json')).data as Record<string, unknown[]>;
  t.deepEqual(
    Object.keys(plots).sort(),
    ['confusion.csv', 'learning-curve.json', 'reliability.json'].map(
      (name) => `build/pipeline/evaluation/plots/${name}`,
    ),
  );
  t.true(Object.values(plots).every(({ length }) => length > 0));
  await pipeline.git('checkout', '--quiet', '.');
  await pipeline.dvc('checkout');

  const sums = await pipeline.read('build/pipeline/artifact/SHA256SUMS');
  await pipeline.dvc('push');
  await pipeline.remove('.dvc/cache');
  await pipeline.remove('build');
  await pipeline.dvc('pull');
  t.is(await pipeline.read('build/pipeline/artifact/SHA256SUMS'), sums);
  t.deepEqual(JSON.parse(await pipeline.read('build/pipeline/registered.json')), registered);
  t.deepEqual(await pipeline.stagesOf('repro'), []);
});

interface Change {
  readonly old: number;
  readonly new: number;
  readonly diff: number;
}
