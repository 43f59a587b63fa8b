import test from 'ava';
import { releaseIdIn, releaseIdOf } from '../../common/release-id.ts';

test("a release's id is the start of its checksum", (t) => {
  t.is(releaseIdOf('0123456789abcdef'.repeat(4)), '0123456789abcdef');
});

test('the id is found in the address that the user data fetches', (t) => {
  t.is(releaseIdIn('url=http://169.254.169.252/b/releases/0123456789abcdef.tar.gz\n'), '0123456789abcdef');
  t.is(releaseIdIn('#!/bin/sh\n'), undefined);
});
