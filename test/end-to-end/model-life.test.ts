import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import test from 'ava';
import { execa } from 'execa';
import type { Rehearsal } from '../../benchmarks/faults/rehearsal.ts';
import { useMlflow } from './mlflow-server.ts';
import { patienceSeconds } from './patience.ts';
import { useRehearsal } from './rehearsal.ts';

const phrases = { track: 'where is my parcel', cancel: 'please cancel my order', pay: 'how can I pay the invoice' };

/** Texts whose words tell the intent. */
function messages(): string {
  const rows = Object.entries(phrases).flatMap(([intent, phrase]) =>
    Array.from({ length: 30 }, (_, number) => `${phrase} number ${number},${intent}\n`),
  );
  return `text,intent\n${rows.join('')}`;
}

// What nobody has written yet, and the model cannot know.
const news = Array.from({ length: 12 }, (_, number) => `my bundle vanished somewhere ${number}`);

interface Registered {
  versions: { version: number; artifact: string }[];
  moves: { alias: string; version: number; from: number | null; reason: string }[];
}

async function registered({ checkout }: Rehearsal): Promise<Registered> {
  const { stdout } = await execa('node', ['scripts/models.ts', '--json'], { cwd: checkout.folder, preferLocal: true });
  return JSON.parse(stdout) as Registered;
}

/** The digests of the model that serves: as a machine says, in two ways, and as the state of Terraform does. */
async function serving({ checkout, place }: Rehearsal): Promise<{ service: string; protocol: string; state: string }> {
  const { versions } = await get(place, '/v2/models/intent');
  const { model } = await get(place, '/model');
  const { stdout } = await execa('node', ['scripts/releases.ts', '--json'], {
    cwd: checkout.folder,
    preferLocal: true,
  });
  const { live, tracks, revisions } = JSON.parse(stdout);
  return { service: model, protocol: versions[0], state: revisions[tracks[live].revision].modelVersion };
}

function sameEverywhere(artifact: string): Awaited<ReturnType<typeof serving>> {
  return { service: artifact, protocol: artifact, state: artifact };
}

/** The versions that MLflow knows of the runs that have made an artifact. */
async function versionsInMlflow(artifact: string): Promise<string[]> {
  const { address } = mlflow();
  const headers = { 'content-type': 'application/json' };
  const experiment = await fetch(`${address}/api/2.0/mlflow/experiments/get-by-name?experiment_name=intents`);
  const found = (await experiment.json()) as { experiment: { experiment_id: string } };
  const search = {
    experiment_ids: [found.experiment.experiment_id],
    filter: `tags.\`intent-fleet.artifact\` = '${artifact}'`,
  };
  const method = 'POST';
  const answer = await fetch(`${address}/api/2.0/mlflow/runs/search`, {
    method,
    headers,
    body: JSON.stringify(search),
  });
  const { runs = [] } = (await answer.json()) as { runs?: { data: { tags: { key: string; value: string }[] } }[] };
  return runs.flatMap(({ data }) =>
    data.tags.flatMap(({ key, value }) => (key === 'intent-fleet.model-version' ? value : [])),
  );
}

async function get(place: Rehearsal['place'], path: string, body?: object) {
  const posted = body ? ['--header', 'content-type: application/json', '--data', JSON.stringify(body)] : [];
  const { stdout } = await execa('curl', [
    ...['--silent', '--show-error', '--fail-with-body', '--cacert', join(place.folder, 'tls/ca.pem'), ...posted],
    `https://localhost:${place.ports.https}${path}`,
  ]);
  return JSON.parse(stdout);
}

const grid = `
features: { words: { blocks: [{ kind: words }] }, characters: { blocks: [{ kind: characters }] } }
algorithms: [linear-svm, bayes]
search: { candidates: 2, cost: [0.5, 2], minimumTexts: [1, 2] }
folds: 3
minutes: 3
`;

const mlflow = useMlflow(test);

const rehearsal = useRehearsal(test, { machines: 1 }, async (t, deployed) => {
  const { checkout } = deployed;
  process.env.MLFLOW_TRACKING_URI = mlflow().address;
  await writeFile(join(checkout.folder, 'messages.csv'), messages());
  await writeFile(join(checkout.folder, 'grid.yaml'), grid);
  await checkout.edit('stages/rehearsal.yaml', (yaml) =>
    yaml
      .replace('  profile: default\n', '  profile: default\n  registry: intents@production\n  data: messages.csv\n')
      .replace('feedback:\n  enabled: false', 'feedback:\n  enabled: true')
      .replace('storeTexts: false', 'storeTexts: true'),
  );
  const early = await checkout.make('plan');
  t.regex(early.output, /^plan: models: intents has no versions; register one with: make register$/m);
  const tried = await checkout.make('experiment', 'GRID=grid.yaml');
  t.is(tried.exitCode, 0, tried.output);
  const settings = /^Train the best with: make train (SETTINGS=.*)$/m.exec(tried.output)?.[1] ?? '';
  for (const target of [
    ['train', settings],
    ['register'],
    ['promote-model', 'VERSION=1', 'TO=production', 'REASON=the first'],
  ]) {
    const { exitCode, output } = await checkout.make(...target);
    t.is(exitCode, 0, output);
  }
});

test.serial('the version that an alias names is deployed, and the same at every hop', async (t) => {
  const { versions, moves } = await registered(rehearsal());
  t.is(versions.length, 1);
  const artifact = versions[0]?.artifact ?? '';
  t.deepEqual(
    moves.map(({ alias, version, from, reason }) => [alias, version, from, reason]),
    [['production', 1, null, 'the first']],
  );
  t.deepEqual(await serving(rehearsal()), sameEverywhere(artifact));
  t.deepEqual(await versionsInMlflow(artifact), ['1']);
  const { output } = await rehearsal().checkout.make('models');
  t.regex(output, new RegExp(`│ 1 +│ ${artifact} │ .+│ production │ rehearsal │`));
});

test.serial('what users say becomes a version, which serves when a person has promoted and deployed it', async (t) => {
  const { checkout, place } = rehearsal();
  for (const text of news) {
    const { id } = await get(place, '/predict', { text });
    await get(place, '/feedback', { id, intent: 'track', text });
  }
  const deadline = Date.now() + patienceSeconds * 1000;
  let retrained = await checkout.make('retrain');
  while (!retrained.output.includes(`Feedback: ${news.length} texts are new`)) {
    if (Date.now() > deadline) return t.fail(retrained.output);
    await delay(2000);
    retrained = await checkout.make('retrain');
  }
  t.is(retrained.exitCode, 0, retrained.output);
  const command = /^Promote it with: make (promote-model VERSION=(\d+) TO=staging)$/m.exec(retrained.output);
  const number = Number(command?.[2]);
  const before = await registered(rehearsal());
  t.is(number, before.versions.length);
  t.true(number > 1);
  t.deepEqual(before.moves.length, 1);

  const parameters = (command?.[1] ?? '').replace('TO=staging', 'TO=production').split(' ');
  const promoted = await checkout.make(...parameters, 'REASON=learned from feedback');
  t.is(promoted.exitCode, 0, promoted.output);
  const { exitCode, output } = await checkout.make('apply');
  t.is(exitCode, 0, output);
  const { versions, moves } = await registered(rehearsal());
  const artifact = versions.at(-1)?.artifact ?? '';
  t.deepEqual(await serving(rehearsal()), sameEverywhere(artifact));
  t.deepEqual(await versionsInMlflow(artifact), [String(number)]);
  t.deepEqual(
    moves.map(({ version, from, reason }) => [version, from, reason]),
    [
      [1, null, 'the first'],
      [number, 1, 'learned from feedback'],
    ],
  );
  const { intent } = await get(place, '/predict', { text: 'my bundle vanished somewhere else' });
  t.is(intent, 'track');

  const back = await checkout.make('promote-model', 'VERSION=1', 'TO=production', 'REASON=it was better');
  t.is(back.exitCode, 0, back.output);
  t.regex(back.output, new RegExp(`^✔ production: version ${number} → version 1`, 'm'));
  const returned = await checkout.make('apply');
  t.is(returned.exitCode, 0, returned.output);
  const first = versions[0]?.artifact ?? '';
  t.deepEqual(await serving(rehearsal()), sameEverywhere(first));
});
