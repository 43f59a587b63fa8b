import test, { type ExecutionContext } from 'ava';
import { collectGarbage } from '../../logs/collect-garbage.ts';

/** Replaces Node's function, and counts its calls. */
function countCollections(t: ExecutionContext): () => number {
  const { gc } = globalThis;
  t.teardown(() => {
    globalThis.gc = gc;
  });
  let collections = 0;
  globalThis.gc = (async () => {
    collections += 1;
  }) as unknown as typeof gc;
  return () => collections;
}

test.serial('garbage is collected where much of the heap is in use', (t) => {
  const collections = countCollections(t);
  collectGarbage(Number.POSITIVE_INFINITY);
  t.is(collections(), 0);
  collectGarbage(1);
  t.is(collections(), 1);
});

test.serial('nothing happens where Node does not let it', (t) => {
  countCollections(t);
  globalThis.gc = undefined;
  t.notThrows(() => collectGarbage(1));
});
