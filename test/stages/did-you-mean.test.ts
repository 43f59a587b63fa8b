import test from 'ava';
import { meantBy } from '../../stages/did-you-mean.ts';

const meant: [path: PropertyKey[], key: string | undefined][] = [
  [['nmae'], 'name'],
  [['netwrok'], 'network'],
  [['fleet', 'instancetype'], 'instanceType'],
  [['fleet', 'schedules', 2, 'timezone'], 'timeZone'],
  [['balancer', 'certificate', 'zon'], 'zone'],
  [['state', 'buckets'], 'bucket'],
  [['model', 'gate', 'minAccuracy'], 'minimumAccuracy'],
  [['fleet', 'quux'], undefined],
  [['nowhere', 'name'], undefined],
];

for (const [path, key] of meant) {
  test(`by ${path.join('.')}, ${key ?? 'nothing'} is meant`, (t) => {
    t.is(meantBy(path), key);
  });
}
