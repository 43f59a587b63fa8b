import test from 'ava';
import { Figures } from '../../../shadow/run/figures.ts';
import { parseExposition, valuesOf } from '../../support/exposition.ts';

const candidate = 'fedcba9876543210';
const live = '0123456789abcdef';

test('what both releases answer becomes these figures', async (t) => {
  const figures = new Figures({ live, candidate });
  figures.isUp = true;
  const copy = { text: 'secret', intent: 'praise', confidence: 0.92, seconds: 0.000_03 };
  figures.compare(copy, { intent: 'praise', confidence: 0.3 });
  figures.compare(copy, { intent: 'question', confidence: 0.3 });
  figures.compare(copy, { intent: 'question', confidence: 0.3 });
  figures.lose('slow');
  figures.measure({
    inference: [
      { part: '_bucket', le: '+Inf', value: 7 },
      { part: '_sum', value: 0.5 },
      { part: '_count', value: 7 },
    ],
    residentBytes: 1e8,
  });
  const page = await figures.exposition();
  t.false(page.includes('secret'));
  const exposition = parseExposition(page);
  const label = `candidate="${candidate}"`;
  t.deepEqual(
    valuesOf(
      exposition,
      ...['answers', 'disagreements', 'copies', 'up', 'worker', 'resident'].map((name) => `intent_shadow_${name}`),
      ...['confidence_ratio_count', 'confidence_ratio_sum', 'inference_duration_seconds_count'].map(
        (name) => `intent_shadow_${name}`,
      ),
    ),
    {
      [`intent_shadow_answers_total{agrees="yes",${label},live="${live}"}`]: 1,
      [`intent_shadow_answers_total{agrees="no",${label},live="${live}"}`]: 2,
      [`intent_shadow_disagreements_total{${label},candidate_intent="question",live_intent="praise"}`]: 2,
      [`intent_shadow_copies_lost_total{${label},why="queue"}`]: 0,
      [`intent_shadow_copies_lost_total{${label},why="failed"}`]: 0,
      [`intent_shadow_copies_lost_total{${label},why="slow"}`]: 1,
      [`intent_shadow_confidence_ratio_sum{${label},of="live"}`]: 0.92 * 3,
      [`intent_shadow_confidence_ratio_count{${label},of="live"}`]: 3,
      [`intent_shadow_confidence_ratio_sum{${label},of="candidate"}`]: 0.3 + 0.3 + 0.3,
      [`intent_shadow_confidence_ratio_count{${label},of="candidate"}`]: 3,
      [`intent_shadow_inference_duration_seconds_count{${label},of="live"}`]: 3,
      [`intent_shadow_inference_duration_seconds_count{${label},of="candidate"}`]: 7,
      [`intent_shadow_up{${label}}`]: 1,
      [`intent_shadow_worker_ends_total{${label},why="died"}`]: 0,
      [`intent_shadow_worker_ends_total{${label},why="hung"}`]: 0,
      [`intent_shadow_resident_memory_bytes{${label}}`]: 1e8,
    },
  );
  t.deepEqual(exposition.types, {
    intent_shadow_answers_total: 'counter',
    intent_shadow_disagreements_total: 'counter',
    intent_shadow_copies_lost_total: 'counter',
    intent_shadow_confidence_ratio: 'histogram',
    intent_shadow_inference_duration_seconds: 'histogram',
    intent_shadow_up: 'gauge',
    intent_shadow_worker_ends_total: 'counter',
    intent_shadow_resident_memory_bytes: 'gauge',
  });
});

test('a worker that has ended is not up, and takes no memory', async (t) => {
  const figures = new Figures({ live, candidate });
  figures.isUp = true;
  figures.measure({ inference: [], residentBytes: 1 });
  figures.end('hung');
  t.deepEqual(
    valuesOf(parseExposition(await figures.exposition()), 'intent_shadow_up', 'intent_shadow_w', 'intent_shadow_r'),
    {
      [`intent_shadow_up{candidate="${candidate}"}`]: 0,
      [`intent_shadow_worker_ends_total{candidate="${candidate}",why="died"}`]: 0,
      [`intent_shadow_worker_ends_total{candidate="${candidate}",why="hung"}`]: 1,
    },
  );
});
