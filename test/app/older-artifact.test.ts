import test from 'ava';
import { answers, formatOne } from '../model/artifact/format-1.ts';
import { post, startTestService } from './service.ts';

test('an artifact of format 1 is served, with the answers that it gave when it was made', async (t) => {
  const { url } = await startTestService(t, { ARTIFACT: formatOne });
  const response = await post(`${url}/predict/batch`, { texts: answers.map(([text]) => text) });
  const { model, results } = (await response.json()) as { model: string; results: { intent: string }[] };
  t.is(model, '67d4e49c59d6');
  t.deepEqual(
    results.map(({ intent }) => intent),
    answers.map(([, intent]) => intent),
  );
});
