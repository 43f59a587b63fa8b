import test from 'ava';
import { placeOf } from '../../rehearsal/place.ts';

test('a place is calculated from the path of its checkout', (t) => {
  t.deepEqual(placeOf('/home/somebody/fleet'), {
    id: 'b0857aa4',
    folder: '/home/somebody/fleet/.rehearsal',
    cgroup: 'intent-fleet-b0857aa4',
    ports: { api: 25_100, https: 25_101, http: 25_102 },
  });
});

test('a checkout has one place for all spellings of its path, and no other checkout has it', (t) => {
  t.deepEqual(placeOf('/a/b/../c/'), placeOf('/a/c'));
  t.not(placeOf('/a/c').id, placeOf('/a/d').id);
});

test("ports are below Linux's ephemeral ports", (t) => {
  for (let index = 0; index < 500; index++) {
    const { api, https, http } = placeOf(`/checkout/${index}`).ports;
    t.true(api >= 20_000 && http < 32_768);
    t.deepEqual([https, http], [api + 1, api + 2]);
  }
});
