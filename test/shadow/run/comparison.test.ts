import { setImmediate as turn } from 'node:timers/promises';
import test from 'ava';
import type { ShadowCopy } from '../../../common/shadow/copy.ts';
import type { CandidateAnswer } from '../../../shadow/run/candidate-answer.ts';
import { Comparison } from '../../../shadow/run/comparison.ts';
import type { Loss } from '../../../shadow/run/figures.ts';

function copy(text: string): ShadowCopy {
  return { text, intent: 'praise', confidence: 0.5 };
}

/** A comparison whose new release answers as `ask` does; what it compares and loses. */
function comparison(ask: (text: string) => Promise<string>) {
  const compared: [ShadowCopy, CandidateAnswer][] = [];
  const lost: Loss[] = [];
  const figures = {
    compare: (one: ShadowCopy, answer: CandidateAnswer) => void compared.push([one, answer]),
    lose: (why: Loss) => void lost.push(why),
  };
  return { compared, lost, comparison: new Comparison({ ask, figures }) };
}

async function settled(): Promise<void> {
  for (let count = 0; count < 20; count += 1) await turn();
}

test('what the new release answers is compared with what the live one has answered', async (t) => {
  const answer = { intent: 'question', confidence: 0.25, alternatives: [], model: 'm' };
  const { compared, lost, comparison: one } = comparison(async () => JSON.stringify(answer));
  one.add(JSON.stringify(copy('a')));
  await settled();
  t.deepEqual([compared, lost], [[[copy('a'), { intent: 'question', confidence: 0.25 }]], []]);
});

test('an answer that fails, comes late or is none, and a line that is no copy, are counted', async (t) => {
  const asked: string[] = [];
  const {
    compared,
    lost,
    comparison: one,
  } = comparison(async (text) => {
    asked.push(text);
    if (text === 'late') throw new DOMException('timed out', 'TimeoutError');
    if (text === 'fails') throw new Error('ECONNRESET');
    return '{}';
  });
  for (const text of ['late', 'fails', 'rubbish']) one.add(JSON.stringify(copy(text)));
  one.add('rubbish');
  await settled();
  t.deepEqual(asked, ['late', 'fails', 'rubbish']);
  t.deepEqual([compared, lost.sort()], [[], ['failed', 'failed', 'failed', 'slow']]);
});

test('few requests are on their way, few copies wait, and the oldest are dropped', async (t) => {
  const asked: string[] = [];
  const answers: ((answer: string) => void)[] = [];
  const {
    compared,
    lost,
    comparison: one,
  } = comparison((text) => {
    asked.push(text);
    return new Promise((resolve) => answers.push(resolve));
  });
  for (let index = 0; index < 300; index += 1) one.add(JSON.stringify(copy(String(index))));
  t.deepEqual([asked, lost], [['0', '1', '2', '3'], Array(40).fill('queue')]);
  answers[0]?.(JSON.stringify({ intent: 'praise', confidence: 1 }));
  await settled();
  t.deepEqual([compared.length, asked.at(-1)], [1, '44']);
  one.clear();
  t.is(lost.length, 40 + 255);
});
