import type { ExecutionContext } from 'ava';
import { type Evaluation, evaluate } from '../../../model/evaluation/evaluate.ts';
import { learningCurve } from '../../../model/training/learning-curve.ts';
import { smallSet } from '../texts.ts';
import { openSmall, settingsWith, smallSplits } from '../trained.ts';

const hostile = [
  ...smallSet,
  { text: 'hello', intent: 'complaint', line: 98 },
  { text: 'great <script>alert(1)</script>', intent: 'complaint', line: 99 },
  { text: 'zzz', intent: 'unknown', line: 100 },
];

/** Evaluates a small model with texts that it gets wrong, and with markup in them. */
export async function evaluated(t: ExecutionContext): Promise<Evaluation> {
  const curve = await learningCurve(smallSplits, settingsWith(), async () => {});
  const measured = {
    train: { file: null, texts: smallSet.length, sha256: 'a'.repeat(64) },
    test: {
      file: { path: 'own.csv', changed: '2026-03-01T17:05:59.000Z' },
      texts: hostile.length,
      sha256: 'b'.repeat(64),
    },
    seen: 'the model has <b>learned</b> them',
    warnings: ['line 3 & 4'],
  };
  return evaluate(await openSmall(t), hostile, { learningCurve: curve, measured });
}
