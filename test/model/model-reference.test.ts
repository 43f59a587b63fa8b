import test from 'ava';
import { isMovable, modelReference, parseReference, parseSelector } from '../../model/model-reference.ts';

test('a reference names a version by an alias or its number', (t) => {
  t.deepEqual(parseReference('intents@production'), { name: 'intents', selector: { alias: 'production' } });
  t.deepEqual(parseReference('our-model:12'), { name: 'our-model', selector: { version: 12 } });
  for (const wrong of ['intents', 'intents@', 'intents:0', 'Intents@production', 'a@b:3', '../x@y', ''])
    t.false(modelReference.safeParse(wrong).success, wrong);
});

test('a person types a number or an alias', (t) => {
  t.deepEqual(parseSelector('3'), { version: 3 });
  t.deepEqual(parseSelector('staging'), { alias: 'staging' });
  for (const wrong of ['0', '3.5', 'Staging', '', 'a b']) t.is(parseSelector(wrong), undefined, wrong);
});

test('an alias that means a version by its name is not to be moved', (t) => {
  for (const alias of ['production', 'staging', 'v', 'v2x', 'vendor']) t.true(isMovable(alias), alias);
  for (const alias of ['latest', 'v2', 'v10', 'Live', '', '2']) t.false(isMovable(alias), alias);
});
