import { readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { destroyPlanFile, planFile } from '../../common/paths.ts';
import { deletePlan, hasPlanOf, invalidatePlan, savedPlanTime, savePlanDigest } from '../../terraform/saved-plan.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const madeAt = new Date('2026-01-02T03:04:05.678Z');

async function planOf(t: ExecutionContext, content = 'a plan'): Promise<string> {
  const folder = await temporaryFolder(t);
  const file = join(folder, 'stage.tfplan');
  await writeFile(file, content);
  return file;
}

test('a plan belongs to the synthesis that it was made from', async (t) => {
  const file = await planOf(t);
  t.false(await hasPlanOf(file, 'digest'));
  await savePlanDigest(file, 'digest', madeAt);
  t.true(await hasPlanOf(file, 'digest'));
  t.false(await hasPlanOf(file, 'another'));
  t.false(await hasPlanOf(`${file}.none`, 'digest'));
});

test('the time of a plan is read back, whatever became of the plan; one of an earlier version has none', async (t) => {
  const file = await planOf(t);
  t.is(await savedPlanTime(file), undefined);
  await savePlanDigest(file, 'digest', madeAt);
  await writeFile(file, 'a plan that destroys');
  t.deepEqual(await savedPlanTime(file), madeAt);
  for (const record of ['', 'digest checksum\n', 'digest checksum yesterday\n']) {
    await writeFile(`${file}.sha256`, record);
    t.is(await savedPlanTime(file), undefined);
  }
});

test('another plan in its place is not taken for it', async (t) => {
  const file = await planOf(t);
  await savePlanDigest(file, 'digest', madeAt);
  await writeFile(file, 'a plan that destroys');
  t.false(await hasPlanOf(file, 'digest'));
});

test('a plan is applied at most once', async (t) => {
  const file = await planOf(t);
  await savePlanDigest(file, 'digest', madeAt);
  await invalidatePlan(file);
  t.false(await hasPlanOf(file, 'digest'));
  t.deepEqual(await readdir(dirname(file)), ['stage.tfplan']);
});

test('nothing remains of a forgotten plan, and forgetting twice does no harm', async (t) => {
  const file = await planOf(t);
  await savePlanDigest(file, 'digest', madeAt);
  await deletePlan(file);
  t.deepEqual(await readdir(dirname(file)), []);
  await t.notThrowsAsync(deletePlan(file));
});

test('the plan of a destroy is kept apart from the plan of an apply', (t) => {
  t.not(destroyPlanFile('production'), planFile('production'));
});
