import test from 'ava';
import { z } from 'zod';
import { modelSettings } from '../../model/settings.ts';

const refusals: [settings: object, message: RegExp][] = [
  [{ profil: 'accurate' }, /Unrecognized key: "profil"/],
  [{ profile: 'best' }, /at profile/],
  [{ algorithm: 'forest' }, /at algorithm/],
  [{ profile: 'accurate', algorithm: 'bayes' }, /the other profiles choose their own algorithms/],
  [{ profile: 'semantic', algorithm: 'bayes' }, /the other profiles choose their own algorithms/],
  [{ profile: 'semantic', vectorColumns: 100 }, /at vectorColumns/],
  [{ descriptions: { praise: 'thanks' } }, /only the semantic profile learns from descriptions/],
  [{ profile: 'semantic', descriptions: { praise: '' } }, /at descriptions.praise/],
  [{ test: 'test.csv' }, /nothing without data/],
  [{ threshold: 1.5 }, /at threshold/],
  [{ gate: { minimumAccuracy: 85 } }, /at gate.minimumAccuracy/],
  [{ gate: { removedIntents: 'praise' } }, /at gate.removedIntents/],
  [{ gate: { removedIntents: [''] } }, /at gate.removedIntents\[0\]/],
  [
    { features: { blocks: [{ kind: 'words', lengths: [3, 1] }] } },
    /expected the shorter length first[\s\S]*at features.blocks\[0\].lengths/,
  ],
  [{ features: { blocks: [] } }, /at features.blocks/],
];

for (const [settings, message] of refusals) {
  test(`refuses ${JSON.stringify(settings)}`, (t) => {
    const { error } = modelSettings.safeParse(settings);
    t.regex(error ? z.prettifyError(error) : '', message);
  });
}
