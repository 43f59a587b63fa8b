import test from 'ava';
import { failureOf, shortfallOf } from '../../load/problems.ts';
import { loadStage } from '../../stages/load.ts';
import { nothing, result } from './results.ts';

test('failures are counted, and each limit that refused requests is named with its setting', async (t) => {
  const stage = await loadStage('rehearsal');
  t.is(
    failureOf(result, stage),
    [
      '4 of 10 requests failed: 2 × 429, 1 × 503, 1 × ECONNRESET',
      'The rate limit refused 1 (429). proxy.rateLimit: each machine allows 100 requests a second and a burst of 200 to a client.',
      'The rate limit refused 1 (429). service.rateLimit: each worker allows 6000 requests in 60 s to a client.',
      'Send fewer (RATE=…), or raise the limit in stages/rehearsal.yaml.',
    ].join('\n'),
  );
  t.is(
    failureOf({ ...result, failures: 1, statuses: { '200': 9, '301': 1 }, limits: {} }, stage),
    '1 of 10 requests failed: 1 × 301',
  );
  t.regex(
    failureOf({ ...result, limits: { '': 2 } }, stage) ?? '',
    /refused 2 \(429\)\. It names no setting of the stage\./,
  );
});

test('a load without failures has none to name', async (t) => {
  t.is(failureOf(nothing, await loadStage('rehearsal')), undefined);
});

test('a rate that was not reached is said', (t) => {
  t.is(shortfallOf(0, 20, 100), undefined);
  t.is(shortfallOf(0, undefined, 100), undefined);
  t.is(
    shortfallOf(7, 20, 2),
    'RATE=20 was not reached: 7 requests were not sent, because all 2 connections waited for answers; CONNECTIONS=… allows more',
  );
});
