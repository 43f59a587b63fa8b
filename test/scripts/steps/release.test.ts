import test from 'ava';
import { packStageMonitoring } from '../../../scripts/steps/release.ts';
import { loadStage } from '../../../stages/load.ts';

test('a stage without monitoring packs nothing for it', async (t) => {
  const { name, settings } = await loadStage('rehearsal');
  const stage = { name, settings: { ...settings, monitoring: { ...settings.monitoring, enabled: false } } };
  t.is(await packStageMonitoring(stage, () => t.fail()), undefined);
});
