import test from 'ava';
import { tagsFrom } from '../../mlflow/tags.ts';

test('tags without a value are left out, and long ones are cut', (t) => {
  const tags = tagsFrom({ one: 'a', none: null, missing: undefined, empty: '', long: 'x'.repeat(6000) });
  t.deepEqual(
    tags.map(({ key, value }) => [key, value.length]),
    [
      ['one', 1],
      ['long', 5000],
    ],
  );
});
