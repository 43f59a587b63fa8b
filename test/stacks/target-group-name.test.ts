import test from 'ava';
import { targetGroupName } from '../../stacks/target-group-name.ts';

test('a name that fits is that of the stack with the suffix', (t) => {
  t.is(targetGroupName('a-name-of-twenty-six-chars', 'green'), 'a-name-of-twenty-six-chars-green');
});

test('a longer name is cut, and still differs from that of another stack', (t) => {
  const long = 'a-name-of-twenty-seven-char';
  const [one, other] = [`${long}-1`, `${long}-2`].map((stack) => targetGroupName(stack, 'green'));
  t.regex(one ?? '', /^a-name-of-twenty--[0-9a-f]{8}-green$/);
  t.is(one?.length, 32);
  t.not(one, other);
});
