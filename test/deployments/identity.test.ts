import test from 'ava';
import { assertSameIdentity, identityOf } from '../../deployments/identity.ts';
import { loadStage } from '../../stages/load.ts';

const now = { account: '123456789012', region: 'eu-central-1', stack: 'intent-fleet-rehearsal' };

test('a stage belongs to an account, a region and the name of its stack', async (t) => {
  t.deepEqual(identityOf(await loadStage('rehearsal'), { accountId: '123456789012' }), now);
});

test('a state of the same account, region and name is accepted, as is one that does not say it', (t) => {
  for (const built of [undefined, {}, now, { ...now, release: 'ab' }, { account: now.account }])
    t.notThrows(() => assertSameIdentity(built, now));
});

const refused = [
  ['account', '210987654321', 'Use credentials of that account'],
  ['region', 'us-east-1', 'Put the region back'],
  ['stack', 'another-rehearsal', "Put the stage's name back"],
] as const;

for (const [key, before, remedy] of refused) {
  test(`a state of another ${key} is refused`, (t) => {
    t.throws(() => assertSameIdentity({ ...now, [key]: before }, now), {
      name: 'UserError',
      message: `This stage was built with the ${key} ${before}, not ${now[key]}. ${remedy}, or destroy it with the old one first: make destroy`,
    });
  });
}
