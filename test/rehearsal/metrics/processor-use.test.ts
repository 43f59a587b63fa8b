import test from 'ava';
import { ProcessorUse } from '../../../rehearsal/metrics/processor-use.ts';

/** The use of processors on a computer with four, where machines have used as many seconds as `used` tells. */
function useOf(used: Map<string, number>) {
  const use = new ProcessorUse(async (id) => used.get(id), 4);
  const measure = async (machines: Record<string, number>, now: number) => {
    const users = Object.entries(machines).map(([id, processors]) => ({ id, processors }));
    return Object.fromEntries(await use.measure(users, now));
  };
  return { used, measure };
}

test('a machine is measured from its second measurement on, by its processors', async (t) => {
  const { used, measure } = useOf(new Map(Object.entries({ one: 10, two: 20 })));
  t.deepEqual(await measure({ one: 2, two: 2 }, 0), {});
  used.set('one', 13).set('two', 20).set('three', 5);
  t.deepEqual(await measure({ one: 2, two: 2, three: 1 }, 6000), { one: 25, two: 0 });
  used.set('one', 14).set('three', 8);
  t.deepEqual(await measure({ one: 2, three: 1 }, 8000), { one: 25, three: 100 });
});

test('a machine has at most the processors of this computer, and a use of 0 to 100 %', async (t) => {
  const { used, measure } = useOf(new Map(Object.entries({ large: 0, busy: 0, again: 50 })));
  await measure({ large: 16, busy: 1, again: 1 }, 0);
  used.set('large', 2).set('busy', 1.01).set('again', 1);
  t.deepEqual(await measure({ large: 16, busy: 1, again: 1 }, 1000), { large: 50, busy: 100, again: 0 });
});

test('a machine whose use is not known, or was not measured before, has none', async (t) => {
  const { used, measure } = useOf(new Map());
  t.deepEqual(await measure({ one: 1 }, 0), {});
  used.set('one', 1);
  t.deepEqual(await measure({ one: 1 }, 1000), {});
  t.deepEqual(await measure({ one: 1 }, 1000), {});
  t.deepEqual(await measure({}, 2000), {});
  used.set('one', 2);
  t.deepEqual(await measure({ one: 1 }, 3000), {});
});

test('a counter that cannot be read fails the measurement', async (t) => {
  const use = new ProcessorUse(() => Promise.reject(new Error('no counter')));
  await t.throwsAsync(use.measure([{ id: 'one', processors: 1 }], 0), { message: 'no counter' });
});
