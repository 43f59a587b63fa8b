import test from 'ava';
import { apiKeysText } from '../../../scripts/command-line/api-keys-text.ts';
import { exampleStage } from '../../../stacks/example-stage.ts';
import type { Settings } from '../../../stages/settings.ts';
import { makeKey } from '../../app/access/keys.ts';

const now = new Date('2026-01-03T01:00:00Z');

function stageWith(access: Settings['service']['access']) {
  const { name, settings } = exampleStage();
  return { name, settings: { ...settings, service: { ...settings.service, access } } };
}

test('each key has its scopes, its age and its end', (t) => {
  const keys = [
    makeKey('_deployment-0a', { createdAt: '2026-01-03T00:59:00Z', expiresAt: '2026-01-04T01:00:00Z' }).named,
    makeKey('crm', { scopes: ['predict', 'feedback'] }).named,
    makeKey('old', { expiresAt: '2026-01-02T00:00:00Z' }).named,
  ];
  const text = apiKeysText({ keys, unreadable: [] }, stageWith('keys'), now);
  const cells = text
    .split('\n')
    .filter((line) => line.startsWith('│'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('│')
        .map((cell) => cell.trim()),
    );
  t.deepEqual(cells, [
    ['name', 'scopes', 'made', 'ends'],
    ['_deployment-0a', 'predict', '1 min 0 s ago', 'in 1 d 0 h'],
    ['crm', 'predict, feedback', '2 d 1 h ago', '–'],
    ['old', 'predict', '2 d 1 h ago', 'has ended'],
  ]);
});

test('without keys it says how to make one; where nobody is asked for one, that', (t) => {
  t.is(
    apiKeysText({ keys: [], unreadable: [] }, stageWith('keys'), now),
    'There is no API key. Make one: make api-key NAME=web-shop',
  );
  const text = apiKeysText({ keys: [], unreadable: ['/f/api-keys/x'] }, stageWith('open'), now);
  t.regex(text, /! \/f\/api-keys\/x holds no API key: remove the parameter/);
  t.regex(text, /! Nobody is asked for a key: stages\/production\.yaml says service\.access: open/);
});
