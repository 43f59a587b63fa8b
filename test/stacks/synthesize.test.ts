import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { stackFolder } from '../../stacks/stack-name.ts';
import { synthesisDigest } from '../../stacks/synthesize.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { productionForDomain, rehearsal, synthesizedText } from './synthesized.ts';

test('the same input gives the same bytes', (t) => {
  t.is(synthesizedText(rehearsal()), synthesizedText(rehearsal()));
  t.is(synthesizedText(productionForDomain()), synthesizedText(productionForDomain()));
});

test('Terraform runs in a folder that the stage names', (t) => {
  t.is(stackFolder(rehearsal().stage, '/out'), '/out/stacks/intent-fleet-rehearsal');
});

test('the digest changes with what Terraform reads', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'cdk.tf.json'), '{}');
  t.is(await synthesisDigest(folder), '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  await writeFile(join(folder, 'cdk.tf.json'), '{ }');
  t.not(await synthesisDigest(folder), '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
});
