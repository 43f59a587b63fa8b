import test from 'ava';
import { readExamples } from '../../deployments/release-examples.ts';
import { endMember, gzipMember, tarBlocks } from '../../releases/archive.ts';
import { releaseEntry } from '../../releases/files.ts';

/** An archive whose description of itself is this text; undefined is none. */
async function archiveWith(description: string | undefined): Promise<Buffer> {
  const entries = [
    releaseEntry('app/service.mjs', Buffer.from('1')),
    ...(description === undefined ? [] : [releaseEntry('release.json', Buffer.from(description))]),
    releaseEntry('artifact/release.json.txt', Buffer.from('{}')),
  ];
  return Buffer.concat([await gzipMember(await tarBlocks(entries)), await endMember()]);
}

test('the examples of a release are read, whatever its format has besides', async (t) => {
  const examples = [
    { text: 'hello', intent: 'greeting' },
    { text: 'grüße', intent: 'greeting' },
  ];
  const archive = await archiveWith(JSON.stringify({ format: 1, examples, start: {} }));
  t.deepEqual(await readExamples(archive), examples);
});

test('a release of a version that had no examples has none', async (t) => {
  t.is(await readExamples(await archiveWith('{"format":1}')), undefined);
});

const refusals: [string | undefined, string][] = [
  [undefined, '(top level): expected a mapping, got nothing'],
  ['not JSON', '(top level): expected a mapping, got nothing'],
  ['{"examples":1}', 'examples: expected a list, got 1'],
  ['{"examples":[{"text":"hello"}]}', 'examples.0.intent: expected a string, got nothing'],
];

for (const [description, problem] of refusals)
  test(`an archive that is described by ${description ?? 'nothing'} is refused`, async (t) => {
    await t.throwsAsync(async () => readExamples(await archiveWith(description)), {
      name: 'UserError',
      message: `The archive of the release is damaged:\n  ${problem}`,
    });
  });
