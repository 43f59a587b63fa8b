import test from 'ava';
import { PredictionIds } from '../../../common/feedback/prediction-id.ts';
import { feedbackKey } from '../../../common/feedback/record.ts';

const ids = new PredictionIds(Buffer.alloc(32, 1));
const release = '0123456789abcdef';
const now = Date.parse('2026-05-01T10:00:00.900Z');

test('an id says when which release has answered what, and no two are the same', (t) => {
  const [one, other] = [ids.sign(release, 'größe', now), ids.sign(release, 'größe', now)];
  t.not(one, other);
  const { nonce, ...said } = ids.read(one) ?? { nonce: '' };
  t.deepEqual(said, { seconds: Math.floor(now / 1000), release, intent: 'größe' });
  t.regex(nonce, /^[0-9a-f]{16}$/);
  t.regex(one, /^[\w-]{58,}$/);
});

test('whatever is changed in an id makes it none', (t) => {
  const id = ids.sign(release, 'praise', now);
  const bytes = Buffer.from(id, 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    t.is(ids.read(changed.toString('base64url')), undefined, `byte ${at}`);
  }
  for (const text of [
    '',
    'rubbish',
    id.slice(0, -1),
    `${id}A`,
    `${id}=`,
    ` ${id}`,
    id.replace(/^./, '+'),
    'A'.repeat(999),
  ])
    t.is(ids.read(text), undefined, text);
});

test('the id of another key is none', (t) => {
  t.is(ids.read(new PredictionIds(Buffer.alloc(32, 2)).sign(release, 'praise', now)), undefined);
});

test('the object of a feedback is named by its prediction alone', (t) => {
  const prediction = '6634567800112233445566aa';
  t.is(feedbackKey({ predictedAt: '2026-05-01T10:00:00.000Z', prediction }), `feedback/2026-05-01/${prediction}.json`);
});
