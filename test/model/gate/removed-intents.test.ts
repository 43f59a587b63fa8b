import test from 'ava';
import { parse } from 'yaml';
import { consentLines, leavingIntents, withoutConsent } from '../../../model/gate/removed-intents.ts';
import { modelSettings } from '../../../model/settings.ts';

const inService = { labels: ['complaint', 'greeting', 'praise'] };
const gate = (removedIntents: string[] = []) => modelSettings.parse({ gate: { removedIntents } }).gate;

test('intents leave that the new model does not know', (t) => {
  t.deepEqual(leavingIntents({ labels: ['greeting', 'refund'] }, inService), ['complaint', 'praise']);
  t.deepEqual(leavingIntents({ labels: ['a', ...inService.labels] }, inService), []);
});

test('consent is needed for each that the settings do not name; other names do no harm', (t) => {
  const leaving = ['complaint', 'praise'];
  t.deepEqual(withoutConsent(leaving, inService, gate(), false), leaving);
  t.deepEqual(withoutConsent(leaving, inService, gate(['complaint', 'greeting', 'of old']), false), ['praise']);
  t.deepEqual(withoutConsent(leaving, inService, gate(['complaint', 'praise']), false), []);
});

test('a model of the example data may be replaced as a whole, but not in part', (t) => {
  t.deepEqual(withoutConsent(inService.labels, inService, gate(), true), []);
  t.deepEqual(withoutConsent(['complaint', 'praise'], inService, gate(), true), ['complaint', 'praise']);
});

test('the lines for a stage file hold the names, quoted where YAML needs it', (t) => {
  t.is(consentLines(['praise', 'refund request']), 'model:\n  gate:\n    removedIntents: [praise, refund request]');
  const strange = ['true', '42', 'a, b', 'a: b', '# c', "it's", '[x]', '', 'ä', 'x'.repeat(200), '- y', 'two\nlines'];
  t.deepEqual(parse(consentLines(strange)), { model: { gate: { removedIntents: strange } } });
  t.regex(consentLines(['true', 'a, b']), /: \["true", "a, b"\]$/);
});
