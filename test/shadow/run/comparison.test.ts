import { setTimeout as delay } from 'node:timers/promises';
import test from 'ava';
import type { ShadowCopy } from '../../../common/shadow/copy.ts';
import type { CandidateAnswer } from '../../../shadow/run/candidate-answer.ts';
import { Comparison } from '../../../shadow/run/comparison.ts';
import type { Loss } from '../../../shadow/run/figures.ts';

function copy(text: string): ShadowCopy {
  return { text, intent: 'praise', confidence: 0.5 };
}

/** A comparison whose new release answers as `ask` does; what it compares and loses. */
function comparison(ask: (texts: readonly string[]) => Promise<string>) {
  const compared: [ShadowCopy, CandidateAnswer][] = [];
  const lost: Loss[] = [];
  const figures = {
    compare: (one: ShadowCopy, answer: CandidateAnswer) => void compared.push([one, answer]),
    lose: (why: Loss) => void lost.push(why),
  };
  return { compared, lost, comparison: new Comparison({ ask, figures, gatherMilliseconds: 1 }) };
}

async function settled(): Promise<void> {
  await delay(30);
}

test('what the new release answers is compared with what the live one has answered', async (t) => {
  const answer = { intent: 'question', confidence: 0.25, alternatives: [] };
  const { compared, lost, comparison: one } = comparison(async () => JSON.stringify({ model: 'm', results: [answer] }));
  one.add(JSON.stringify(copy('a')));
  await settled();
  t.deepEqual([compared, lost], [[[copy('a'), { intent: 'question', confidence: 0.25 }]], []]);
});

test('a text that is refused, an answer that fails, comes late or is none, and a line that is no copy, are counted', async (t) => {
  const asked: string[] = [];
  const {
    compared,
    lost,
    comparison: one,
  } = comparison(async ([text = '']) => {
    asked.push(text);
    if (text === 'late') throw new DOMException('timed out', 'TimeoutError');
    if (text === 'fails') throw new Error('ECONNRESET');
    return text === 'rubbish' ? '{}' : JSON.stringify({ results: [{ status: 422 }] });
  });
  for (const text of ['late', 'fails', 'rubbish', 'refused']) {
    one.add(JSON.stringify(copy(text)));
    await settled();
  }
  one.add('rubbish');
  await settled();
  t.deepEqual(asked, ['late', 'fails', 'rubbish', 'refused']);
  t.deepEqual([compared, lost], [[], ['slow', 'failed', 'failed', 'failed', 'failed']]);
});

test('copies gather for one request at a time, few wait, and the oldest are dropped', async (t) => {
  const asked: (readonly string[])[] = [];
  const answers: ((answer: string) => void)[] = [];
  const {
    compared,
    lost,
    comparison: one,
  } = comparison((texts) => {
    asked.push(texts);
    return new Promise((resolve) => answers.push(resolve));
  });
  const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => String(from + index));
  const add = (from: number, to: number) => {
    for (const text of numbers(from, to)) one.add(JSON.stringify(copy(text)));
  };
  add(0, 3);
  await settled();
  t.deepEqual([asked, lost], [[numbers(0, 3)], []]);
  add(3, 1069);
  await settled();
  t.deepEqual([asked.length, lost], [1, Array(42).fill('queue')]);
  answers[0]?.(JSON.stringify({ results: numbers(0, 3).map(() => ({ intent: 'praise', confidence: 1 })) }));
  await settled();
  t.is(compared.length, 3);
  t.deepEqual(asked.at(-1), numbers(45, 109));
  one.clear();
  t.is(lost.length, 42 + 960);
});

test('after an answer that came too late, fewer texts are asked for at a time, and more again when it is in time', async (t) => {
  const asked: number[] = [];
  const { comparison: one } = comparison(async (texts) => {
    asked.push(texts.length);
    if (asked.length <= 2) throw new DOMException('timed out', 'TimeoutError');
    return JSON.stringify({ results: texts.map(() => ({ intent: 'praise', confidence: 1 })) });
  });
  for (let index = 0; index < 250; index += 1) one.add(JSON.stringify(copy(String(index))));
  await settled();
  t.deepEqual(asked, [64, 32, 16, 32, 64, 42]);
});
