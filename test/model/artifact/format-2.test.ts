import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { openArtifact } from '../../../model/artifact/open.ts';
import { readArtifact } from '../../../model/artifact/read.ts';
import { answers, formatTwo } from './format-2.ts';

test('an artifact of format 2 opens, has no reference, and answers as it did when it was made', async (t) => {
  const { manifest, predict } = await openArtifact(formatTwo);
  const { format, ...others } = JSON.parse(await readFile(join(formatTwo, 'manifest.json'), 'utf8'));
  t.is(format, 2);
  t.deepEqual(manifest as object, { ...others, format: 3, reference: null });
  for (const [text, intent, confidence] of answers) {
    const answer = predict(text);
    t.is(answer.intent, intent, text);
    t.true(Math.abs(answer.confidence - confidence) < 1e-6, text);
  }
});

test('its bytes stay those that it was made of', async (t) => {
  const { files } = await readArtifact(formatTwo);
  for (const [name, content] of Object.entries(files))
    t.deepEqual(content, await readFile(join(formatTwo, name)), name);
});
