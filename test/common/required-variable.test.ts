import test from 'ava';
import { requiredFrom } from '../../common/required-variable.ts';

test('a variable that is missing or empty is named, with the unit that sets it', (t) => {
  const value = requiredFrom({ REGION: 'eu-central-1', GROUPS: '' }, 'intent-fleet-logs.service');
  t.is(value('REGION'), 'eu-central-1');
  for (const name of ['GROUPS', 'OTHER'])
    t.throws(() => value(name), {
      message: `${name}: expected a value, got nothing; the unit intent-fleet-logs.service sets it`,
    });
});
