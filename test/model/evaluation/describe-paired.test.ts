import test from 'ava';
import { describePaired } from '../../../model/evaluation/describe-paired.ts';

test('the sentence says which model is better, by how much, and whether that may be chance', (t) => {
  const [one, other] = ['the semantic profile', 'the default one'];
  t.is(
    describePaired(one, other, { texts: 300, difference: 0.1, interval: [0.061, 0.139], chance: 0.0004 }),
    "the semantic profile is right on 10.0 more texts of 100 than the default one, on the same 300 test texts (95 % interval 6.1 to 13.9, McNemar's test p < 0.001)",
  );
  t.is(
    describePaired(one, other, { texts: 30, difference: -0.02, interval: [-0.05, 0.01], chance: 0.25 }),
    "the default one is right on 2.0 more texts of 100 than the semantic profile, on the same 30 test texts (95 % interval -1.0 to 5.0, McNemar's test p = 0.250); that may be chance",
  );
  t.is(
    describePaired('version 3', 'version 2', { texts: 30, difference: 0, interval: [-0.1, 0.1], chance: 1 }),
    'version 3 and version 2 are right on equally many texts, on the same 30 test texts',
  );
});
