import test from 'ava';
import { trackName, tracks, trackTargetGroup } from '../../stacks/track-names.ts';

test('blue has the names of the only fleet of earlier versions', (t) => {
  t.deepEqual(
    tracks.map((track) => trackName('intents-production', track)),
    ['intents-production', 'intents-production-green'],
  );
  t.deepEqual(
    tracks.map((track) => trackTargetGroup('intents-production', track)),
    ['intents-production', 'intents-production-green'],
  );
});

test("a target group's name is never too long, that of a group may be", (t) => {
  const stack = 'a-name-of-28-characters-long';
  t.is(trackName(stack, 'green'), `${stack}-green`);
  t.is(trackTargetGroup(stack, 'blue'), stack);
  t.regex(trackTargetGroup(stack, 'green'), /^a-name-of-28-char-[0-9a-f]{8}-green$/);
});
