import test from 'ava';
import { matrixOf, rowOf, selectRows } from '../../../model/algorithms/matrix.ts';
import { entriesOf, quietly, vectorizerFor } from '../problem.ts';
import { strangeTexts } from '../texts.ts';
import { plainFeatures } from '../trained.ts';

test('a row has the features of its text, however much longer the later texts are; rows can be copied in any order', async (t) => {
  const texts = ['', 'hello', ...strangeTexts(100, 5), 'where is my order '.repeat(30), ''];
  const vectorizer = await vectorizerFor(plainFeatures, texts);
  const matrix = await matrixOf(vectorizer, texts, quietly.onProgress);
  t.deepEqual([matrix.rows, matrix.columns], [texts.length, vectorizer.size]);
  const entriesAt = (from: typeof matrix, row: number) => {
    const { indices, values } = rowOf(from, row);
    return entriesOf({ indices, values, length: indices.length });
  };
  for (const [row, text] of texts.entries()) t.deepEqual(entriesAt(matrix, row), entriesOf(vectorizer.vectorize(text)));
  const chosen = Int32Array.of(texts.length - 2, 0, 5);
  const selected = selectRows(matrix, chosen);
  t.is(selected.rows, 3);
  chosen.forEach((row, at) => {
    t.deepEqual(entriesAt(selected, at), entriesAt(matrix, row));
  });
});
