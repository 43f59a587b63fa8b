import test from 'ava';
import { placeBeside, placeOf } from '../../rehearsal/place.ts';

test('the place of the default stage is calculated from the path of its checkout', (t) => {
  t.deepEqual(placeOf('/home/somebody/fleet', 'rehearsal'), {
    id: 'b0857aa4',
    folder: '/home/somebody/fleet/.rehearsal',
    cgroup: 'intent-fleet-b0857aa4',
    ports: { api: 25_100, https: 25_101, http: 25_102 },
  });
});

test('the place of another stage is calculated from the path and its name', (t) => {
  t.deepEqual(placeOf('/home/somebody/fleet', 'canary'), {
    id: '45e137b6',
    folder: '/home/somebody/fleet/.rehearsal-canary',
    cgroup: 'intent-fleet-45e137b6',
    ports: { api: 31_298, https: 31_299, http: 31_300 },
  });
});

test('a stage of a checkout has one place for all spellings of its path, and no other checkout or stage has it', (t) => {
  for (const stage of ['rehearsal', 'canary']) {
    t.deepEqual(placeOf('/a/b/../c/', stage), placeOf('/a/c', stage));
    t.not(placeOf('/a/c', stage).id, placeOf('/a/d', stage).id);
  }
  const ids = ['rehearsal', 'canary', 'canary-2'].map((stage) => placeOf('/a/c', stage).id);
  t.is(new Set(ids).size, ids.length);
});

test("a rehearsal that is no stage's has a place that no stage can have", (t) => {
  const place = placeBeside('/a/c', 'aws');
  t.is(place.folder, '/a/c/.rehearsal-_aws');
  t.notRegex('_aws.yaml', /^([a-z](?:[a-z0-9-]*[a-z0-9])?)\.yaml$/);
  t.not(place.id, placeOf('/a/c', 'aws').id);
});

test("ports are below Linux's ephemeral ports", (t) => {
  for (let index = 0; index < 500; index++) {
    const { api, https, http } = placeOf(`/checkout/${index}`, index % 2 === 0 ? 'rehearsal' : 'canary').ports;
    t.true(api >= 20_000 && http < 32_768);
    t.deepEqual([https, http], [api + 1, api + 2]);
  }
});
