import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { chooseSamples } from '../../../app/page/samples.ts';
import { writeArtifact } from '../../../model/artifact/write.ts';
import { formatOne } from '../../model/artifact/format-1.ts';
import { smallSet } from '../../model/texts.ts';
import { datasetOf, smallSplits, trainSmall } from '../../model/trained.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { memoryLog } from '../log.ts';
import { ownArtifact, startTestService } from '../service.ts';
import { click, openPage, textsOf, withBrowser } from './open.ts';

const examples = (counts: Record<string, number>) =>
  Object.entries(counts).flatMap(([intent, count]) =>
    Array.from({ length: count }, (_, at) => ({ text: `${intent}${at}`, intent })),
  );

test('samples are of each intent in turn: two of a few intents, one of many, eight at most', (t) => {
  t.deepEqual(chooseSamples(examples({ a: 3, b: 1, c: 2 })), ['a0', 'b0', 'c0', 'a1', 'c1']);
  t.deepEqual(chooseSamples(examples({ a: 9, b: 9, c: 9, d: 9, e: 9 })).join(' '), 'a0 b0 c0 d0 e0 a1 b1 c1');
  const many = Object.fromEntries(Array.from('abcdefghijkl', (intent) => [intent, 2]));
  t.deepEqual(chooseSamples(examples(many)).join(' '), 'a0 b0 c0 d0 e0 f0 g0 h0');
  t.deepEqual(chooseSamples([]), []);
});

test('a sample is short, on one line, and has an intent', (t) => {
  const texts = ['x'.repeat(81), 'one\ntwo', 'x'.repeat(80)].map((text) => ({ text, intent: 'a' }));
  t.deepEqual(chooseSamples([...texts, { text: 'zzz', intent: 'unknown' }]), ['x'.repeat(80)]);
});

/** A folder with a model whose test texts include some markup. */
async function modelWithMarkup(t: ExecutionContext): Promise<string> {
  const test = datasetOf([{ text: '<b>great</b> & "service"', intent: 'praise', line: 1 }, ...smallSet]);
  const folder = join(await temporaryFolder(t), 'model');
  writeArtifact(await trainSmall({}, { ...smallSplits, test }), folder);
  return folder;
}

test('without the setting the page shows no text of the model', async (t) => {
  const { url } = await startTestService(t);
  const page = await (await fetch(url)).text();
  t.deepEqual(
    ['samples', ...smallSet.map(({ text }) => text)].filter(
      (text) => page.includes(`>${text}<`) || page.includes(`"${text}"`),
    ),
    [],
  );
});

withBrowser('a sample fills the form and is answered, whatever characters it has', async (t) => {
  const page = await openPage(t, { SAMPLES: 'yes', ARTIFACT: await modelWithMarkup(t) });
  t.deepEqual(await textsOf(page, '#samples button'), [
    ...['this is terrible', 'hello there', '<b>great</b> & "service"', 'how do I reset my password'],
    ...['the worst service, I want a refund', 'hi how are you', 'great service', 'where is my order?'],
  ]);
  await click(page, '#samples li:nth-child(3) button');
  await page.until("!document.getElementById('result').hidden");
  t.deepEqual(await page.evaluate('text.value'), '<b>great</b> & "service"');
  t.deepEqual([await page.text('intent'), await page.text('words')], ['praise', '<b>great</b> & "service"']);
});

test('a model without such texts is served, the page shows none, and the log says so once', async (t) => {
  const { logger, values } = memoryLog();
  const { url } = await startTestService(t, { SAMPLES: 'yes', ARTIFACT: formatOne }, logger);
  for (let request = 0; request < 2; request++) t.notRegex(await (await fetch(url)).text(), /id="samples"/);
  t.deepEqual(
    values('level', 'msg').filter(([level]) => level === 'warn'),
    [['warn', 'the model has no texts that it was tested with; the page shows none']],
  );
});

test('a reload of another model changes the samples with it', async (t) => {
  const folder = await ownArtifact(t);
  const { url, service } = await startTestService(t, { SAMPLES: 'yes', ARTIFACT: folder });
  const page = async () => (await fetch(url)).text();
  t.true((await page()).includes('<button type="button">this is terrible</button>'));
  const others = smallSet.map(({ text, intent, line }) => ({ text: `${text} now`, intent: `${intent}s`, line }));
  const set = datasetOf(others);
  writeArtifact(await trainSmall({}, { train: set, test: set }), folder);
  await service.reload();
  t.true((await page()).includes('<button type="button">this is terrible now</button>'));
  t.false((await page()).includes('<button type="button">this is terrible</button>'));
  t.true((await page()).includes('<option>complaints</option>\n<option>greetings</option>'));
});
