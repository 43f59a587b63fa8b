import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { type Revision, revisionName } from '../../deployments/revision.ts';
import { stackFolder } from '../../stacks/stack-name.ts';
import { synthesisDigest } from '../../stacks/synthesize.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { productionForDomain, rehearsal, revisionIn, synthesized, synthesizedText } from './synthesized.ts';

test('the same input gives the same bytes', (t) => {
  t.is(synthesizedText(rehearsal()), synthesizedText(rehearsal()));
  t.is(synthesizedText(productionForDomain()), synthesizedText(productionForDomain()));
});

// The state has them in another order than the command that adds one.
test('the order of the revisions does not change what is applied', (t) => {
  const props = rehearsal();
  const [one, other] = [revisionIn(props), { ...revisionIn(props), release: 'ef'.repeat(32) }];
  const resourcesWith = (revisions: Record<string, Revision>) =>
    synthesized({ ...props, deployment: { ...props.deployment, revisions } }).resource;
  t.is(
    JSON.stringify(resourcesWith({ [revisionName(one)]: one, [revisionName(other)]: other })),
    JSON.stringify(resourcesWith({ [revisionName(other)]: other, [revisionName(one)]: one })),
  );
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
