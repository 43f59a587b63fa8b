import test from 'ava';
import { releaseIdOf } from '../../common/release-id.ts';

test("a release's id is the start of its checksum", (t) => {
  t.is(releaseIdOf('0123456789abcdef'.repeat(4)), '0123456789abcdef');
});
