import test from 'ava';
import { hasHash, keyId, newKey } from '../../../common/api-keys/key.ts';

test('a new key has its id in it and its hash beside it, and no other has that', (t) => {
  const [one, other] = [newKey('web'), newKey('web')];
  t.regex(one.text, /^ifk_0100101_[0-9a-f]{16}_[\w-]{43}$/);
  t.is(keyId(one.text), one.id);
  t.is(hasHash(one.text, Buffer.from(one.sha256, 'hex')), true);
  t.is(hasHash(other.text, Buffer.from(one.sha256, 'hex')), false);
  t.not(one.id, other.id);
});

for (const text of [
  '',
  'ifk_',
  'ifk_0011101_0123456789abcdef_short',
  `IFK_0011101_0123456789abcdef_${'a'.repeat(43)}`,
  `ifk_0123456789abcdef_${'a'.repeat(43)}`,
]) {
  test(`'${text}' is no key`, (t) => {
    t.is(keyId(text), undefined);
  });
}

test('neither is a key with something around it', (t) => {
  const { text } = newKey('web');
  t.deepEqual([keyId(` ${text}`), keyId(`${text}\n`), keyId(`${text}=`)], [undefined, undefined, undefined]);
});
