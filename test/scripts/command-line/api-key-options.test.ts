import test from 'ava';
import { newKeyOptions } from '../../../scripts/command-line/api-key-options.ts';

test('a name alone makes a key that may classify', (t) => {
  t.deepEqual(newKeyOptions({ NAME: 'web-shop' }), { name: 'web-shop', scopes: ['predict'] });
  t.deepEqual(newKeyOptions({ NAME: 'a', SCOPES: '' }), { name: 'a', scopes: ['predict'] });
});

test('scopes are named in any order, once', (t) => {
  t.deepEqual(newKeyOptions({ NAME: 'crm', SCOPES: 'feedback, predict,feedback' }).scopes, ['predict', 'feedback']);
  t.deepEqual(newKeyOptions({ NAME: 'crm', SCOPES: 'feedback' }).scopes, ['feedback']);
});

for (const name of ['', 'Web', '_machine', '-a', 'a-', 'a b', 'a'.repeat(41), '../a']) {
  test(`refuses the name '${name}'`, (t) => {
    const message = `NAME=${name}: expected a name of at most 40 lower-case letters, digits and hyphens, as in: make api-key NAME=web-shop`;
    t.throws(() => newKeyOptions({ NAME: name }), { name: 'UserError', message });
  });
}

for (const scopes of ['all', 'predict,', ',', 'predict;feedback', 'Predict']) {
  test(`refuses the scopes '${scopes}'`, (t) => {
    const message = `SCOPES=${scopes}: expected predict or feedback, or both, separated by a comma`;
    t.throws(() => newKeyOptions({ NAME: 'a', SCOPES: scopes }), { name: 'UserError', message });
  });
}
