import test from 'ava';
import { keyHeader } from '../../../common/api-keys/header.ts';

test('a key is proved by a header; without one there is none', (t) => {
  t.deepEqual(keyHeader('ifk_1'), { authorization: 'Bearer ifk_1' });
  t.deepEqual([keyHeader(undefined), keyHeader('')], [{}, {}]);
});
