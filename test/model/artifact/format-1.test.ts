import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { openArtifact } from '../../../model/artifact/open.ts';
import { readArtifact } from '../../../model/artifact/read.ts';
import { answers, formatOne } from './format-1.ts';

test('an artifact of format 1 opens, has no examples, and answers as it did when it was made', async (t) => {
  const { manifest, predict } = await openArtifact(formatOne);
  const { format, data, ...others } = JSON.parse(await readFile(join(formatOne, 'manifest.json'), 'utf8'));
  t.is(format, 1);
  t.deepEqual(manifest as object, {
    ...others,
    format: 3,
    data: { ...data, testShare: null },
    examples: [],
    reference: null,
  });
  for (const [text, intent, confidence] of answers) {
    const answer = predict(text);
    t.is(answer.intent, intent, text);
    t.true(Math.abs(answer.confidence - confidence) < 1e-6, text);
  }
});

test('its bytes stay those that it was made of', async (t) => {
  const { files } = await readArtifact(formatOne);
  for (const [name, content] of Object.entries(files))
    t.deepEqual(content, await readFile(join(formatOne, name)), name);
});
