import test from 'ava';
import { shadowFigures } from '../../deployments/shadow-figures.ts';
import { startEndpoint, vector } from './monitored.ts';

const both = (live: string, candidate: string) => vector([{ of: 'live' }, live], [{ of: 'candidate' }, candidate]);

test('the figures of a shadow are sums over all machines for the whole time', async (t) => {
  const expressions: string[] = [];
  const endpoint = await startEndpoint(t, ({ searchParams }) => {
    const query = searchParams.get('query') ?? '';
    expressions.push(query);
    if (query.includes('shadow_up')) return [200, vector([{}, '2'])];
    if (query.includes('answers_total')) return [200, vector([{ agrees: 'yes' }, '90'], [{ agrees: 'no' }, '11'])];
    if (query.includes('lost_total')) return [200, vector([{ why: 'queue' }, '3'], [{ why: 'slow' }, '2'])];
    if (query.includes('disagreements_total'))
      return [
        200,
        vector(
          [{ live_intent: 'refund', candidate_intent: 'cancel' }, '2'],
          [{ live_intent: 'track', candidate_intent: 'refund' }, '8'],
        ),
      ];
    if (query.includes('0.5')) return [200, both('0.00003', '0.00004')];
    if (query.includes('0.99')) return [200, both('0.001', 'NaN')];
    return [200, both('0.9', '0.8')];
  });
  t.deepEqual(await shadowFigures(endpoint, 'bb', 60.1), {
    ...{ machines: 2, texts: 101, agreed: 90, lost: 5 },
    disagreements: [
      { live: 'track', candidate: 'refund', texts: 8 },
      { live: 'refund', candidate: 'cancel', texts: 2 },
    ],
    live: { medianSeconds: 0.000_03, p99Seconds: 0.001, meanConfidence: 0.9 },
    candidate: { medianSeconds: 0.000_04, p99Seconds: null, meanConfidence: 0.8 },
  });
  t.is(expressions.length, 7);
  t.true(
    expressions.includes(
      'topk(10, sum by (live_intent, candidate_intent) (max_over_time(intent_shadow_disagreements_total{candidate="bb"}[61s])))',
    ),
  );
});

test('without any figure there are none', async (t) => {
  const nothing = { medianSeconds: null, p99Seconds: null, meanConfidence: null };
  const endpoint = await startEndpoint(t, () => [200, vector()]);
  t.deepEqual(await shadowFigures(endpoint, 'bb', 60), {
    ...{ machines: 0, texts: 0, agreed: 0, lost: 0, disagreements: [], live: nothing, candidate: nothing },
  });
});
