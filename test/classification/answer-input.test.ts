import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import test, { type ExecutionContext } from 'ava';
import { answerInput } from '../../classification/answer-input.ts';
import type { ChunkFormat } from '../../classification/chunk.ts';
import { startFleet } from '../../classification/fleet.ts';
import { classifyOptions } from '../../classification/options.ts';
import { startThreads } from '../../classification/threads.ts';
import { openArtifact } from '../../model/artifact/open.ts';
import { ownArtifact, startTestService } from '../app/service.ts';
import { smallSet } from '../model/texts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Run {
  environment: Record<string, string>;
  artifact: string;
  /** Without it, threads answer. */
  url?: string;
  signal?: AbortSignal;
  report?: () => void;
}

async function answer({ environment, artifact, url, signal = new AbortController().signal, report }: Run) {
  const told: string[] = [];
  const endpoint = { url: url ?? '', authority: undefined, acceptsAnyName: false };
  const counts = await answerInput({
    ...{ options: classifyOptions(environment), model: 'm', signal, report: report ?? (() => {}) },
    start: (format: ChunkFormat) =>
      url === undefined
        ? startThreads(2, { artifact, format })
        : startFleet({ endpoint, apiKey: undefined, format, signal, retry: { retries: 2, minTimeout: 1 } }),
    tell: (line) => told.push(line),
  });
  return { counts, told };
}

async function setUp(t: ExecutionContext, name: string, content: string | Buffer) {
  const folder = await temporaryFolder(t);
  const environment = { IN: join(folder, name), OUT: join(folder, 'out.csv') };
  await writeFile(environment.IN, content);
  return { folder, environment, artifact: await ownArtifact(t) };
}

/** Returns many rows with the texts of the small set. */
function rows(count: number): string {
  return Array.from({ length: count }, (_, at) => `${at},"${smallSet[at % smallSet.length]?.text}"\n`).join('');
}

test('answers are those of the model, in the order of the texts, with bad lines beside', async (t) => {
  const texts = 'id;Frage\r\n1;hello there\r\n2;"great\nservice"\r\n3\r\n4; \r\n5;zzz\r\n';
  const { folder, environment, artifact } = await setUp(t, 'in.csv', texts);
  const { counts } = await answer({ environment: { ...environment, TEXT_COLUMN: 'Frage' }, artifact });
  t.deepEqual(counts, { answered: 3, unknown: 1, bad: 2 });
  const { predict } = await openArtifact(artifact);
  const cells = (text: string) => {
    const { intent, confidence, alternatives } = predict(text);
    return `${intent},${confidence.toFixed(4)},${alternatives[0]?.intent}`;
  };
  t.is(
    await readFile(environment.OUT, 'utf8'),
    `id,Frage,intent,confidence,guess\n1,hello there,${cells('hello there')}\n2,"great\nservice",${cells('great\nservice')}\n5,zzz,${cells('zzz')}\n`,
  );
  t.is(
    await readFile(`${environment.OUT}.bad.csv`, 'utf8'),
    'line,reason\n5,"expected 2 fields, as in the first line, got 1; put quotes around a field that holds the separator"\n6,"expected a text with at least one visible character"\n',
  );
  t.deepEqual((await readdir(folder)).sort(), ['in.csv', 'out.csv', 'out.csv.bad.csv']);
});

test('other encodings and compressed files are read, and compressed ones are written', async (t) => {
  const latin = Buffer.from('text,note\nhello there,gr\xfc\xdfe aus K\xf6ln\n'.repeat(1), 'latin1');
  const { environment, artifact } = await setUp(t, 'in.csv.gz', gzipSync(latin));
  const OUT = `${environment.OUT}.gz`;
  t.deepEqual((await answer({ environment: { ...environment, OUT }, artifact })).counts.answered, 1);
  t.regex(
    gunzipSync(await readFile(OUT)).toString(),
    /^text,note,intent,confidence,guess\nhello there,grüße aus Köln,greeting,/,
  );
});

test('one text a line becomes JSON Lines', async (t) => {
  const { environment, artifact } = await setUp(t, 'in.txt', '\ufeffhello there\n\ngreat service');
  const OUT = environment.OUT.replace('.csv', '.jsonl');
  await answer({ environment: { ...environment, OUT, TOP: '2' }, artifact });
  const objects = (await readFile(OUT, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  t.deepEqual(
    objects.map(({ text, intent, alternatives }) => [text, intent, alternatives.length]),
    [
      ['hello there', 'greeting', 2],
      ['great service', 'praise', 2],
    ],
  );
});

test('a run that is interrupted goes on, to the same bytes; one of other texts or options does not', async (t) => {
  const { folder, environment, artifact } = await setUp(t, 'in.csv', `id,text\n${rows(60_000)}3\n${rows(60_000)}`);
  const whole = { ...environment, OUT: join(folder, 'whole.csv') };
  await answer({ environment: whole, artifact });
  const end = new AbortController();
  const report = () => end.abort(new Error('stop'));
  await t.throwsAsync(answer({ environment, artifact, signal: end.signal, report }), { message: 'stop' });
  const names = ['in.csv', 'out.csv.bad.csv.partial', 'out.csv.checkpoint', 'out.csv.partial'];
  t.deepEqual((await readdir(folder)).filter((name) => !name.startsWith('whole')).sort(), names);
  await t.throwsAsync(answer({ environment: { ...environment, TOP: '2' }, artifact }), {
    message: /answers changed since/,
  });
  // What a killed process has written after its last checkpoint is written again.
  await writeFile(`${environment.OUT}.partial`, 'half a li', { flag: 'a' });
  const { counts, told } = await answer({ environment, artifact });
  t.deepEqual([counts.answered, counts.bad], [120_000, 1]);
  t.regex(told.join(), /^goes on after \d+ texts of the run before$/);
  t.true((await readFile(environment.OUT)).equals(await readFile(whole.OUT)));
  t.is(await readFile(`${environment.OUT}.bad.csv`, 'utf8'), await readFile(`${whole.OUT}.bad.csv`, 'utf8'));
  t.deepEqual(
    (await readdir(folder)).filter((name) => /partial|checkpoint/.test(name)),
    [],
  );
});

test('the fleet gives the same answers', async (t) => {
  const { folder, environment, artifact } = await setUp(t, 'in.csv', `id,text\n${rows(300)}`);
  const { url } = await startTestService(t, { ARTIFACT: artifact });
  await answer({ environment, artifact });
  const OUT = join(folder, 'fleet.csv');
  const { counts } = await answer({ environment: { ...environment, OUT }, artifact, url });
  t.is(counts.answered, 300);
  t.is(await readFile(OUT, 'utf8'), await readFile(environment.OUT, 'utf8'));
});

test('the fleet is asked again after a limit, and a text that it refuses is a bad line', async (t) => {
  const { environment, artifact } = await setUp(t, 'in.csv', `id,text\n${rows(200)}`);
  const limits = { RATE_LIMIT_REQUESTS: '2', RATE_LIMIT_WINDOW_SECONDS: '1', TEXT_LIMIT_CHARACTERS: '12' };
  const { url } = await startTestService(t, { ARTIFACT: artifact, ...limits });
  const { counts } = await answer({ environment, artifact, url });
  t.is(counts.answered + counts.bad, 200);
  t.regex(
    await readFile(`${environment.OUT}.bad.csv`, 'utf8'),
    /^line,reason\n\d+,"expected at most 12 characters, got a string of \d+ characters\."\n/,
  );
});

test('a fleet that is not there, or refuses, ends the run', async (t) => {
  const { environment, artifact } = await setUp(t, 'in.csv', `id,text\n${rows(3)}`);
  await t.throwsAsync(answer({ environment, artifact, url: 'http://127.0.0.1:1' }), { code: 'ECONNREFUSED' });
  const { url } = await startTestService(t, { ARTIFACT: artifact, BATCH_LIMIT_TEXTS: '1' });
  await t.throwsAsync(answer({ environment, artifact, url }), {
    name: 'UserError',
    message: /expected predictions, got the status 422: /,
  });
});

test('an input that is missing or empty is refused', async (t) => {
  const { environment, artifact } = await setUp(t, 'in.csv', '');
  await t.throwsAsync(answer({ environment, artifact }), { message: `${environment.IN}: expected texts, got nothing` });
  const IN = '/nowhere/in.csv';
  await t.throwsAsync(answer({ environment: { ...environment, IN }, artifact }), {
    name: 'UserError',
    message: `IN=${IN}: expected a file that can be read, got ENOENT`,
  });
});
