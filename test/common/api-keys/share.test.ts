import test from 'ava';
import { firstShares, shareDigits, shareOf } from '../../../common/api-keys/share.ts';

const all = Array.from({ length: 2 ** shareDigits }, (_, value) => value.toString(2).padStart(shareDigits, '0'));

test('the share of a name is always the same, and names are spread evenly', (t) => {
  t.deepEqual(['web', 'app', 'web'].map(shareOf), ['0100101', '1010000', '0100101']);
  const counts = Map.groupBy(
    Array.from({ length: 12_800 }, (_, number) => shareOf(`customer-${number}`)),
    (share) => share,
  );
  t.deepEqual([...counts.keys()].sort(), all);
  for (const [share, names] of counts) t.true(names.length > 60 && names.length < 145, `${share}: ${names.length}`);
});

test('every percentage is met to half a part, by at most seven beginnings, of which one at most fits', (t) => {
  for (let percent = 1; percent <= 99; percent += 1)
    for (const salt of ['r-1', 'r-2', '']) {
      const beginnings = firstShares(percent, salt);
      const fitting = all.map((share) => beginnings.filter((beginning) => share.startsWith(beginning)).length);
      t.is(Math.max(...fitting), 1);
      const count = fitting.filter((fits) => fits === 1).length;
      t.true(Math.abs(count - 1.28 * percent) <= 0.5 + 1e-9, `${percent} %: ${count} of 128`);
      t.true(beginnings.length <= shareDigits);
    }
});

test('half of the names is one beginning, and another salt chooses other names', (t) => {
  t.deepEqual([...new Set(['r-1', 'r-2', 'r-3', 'r-4'].flatMap((salt) => firstShares(50, salt)))].sort(), ['0', '1']);
  t.notDeepEqual(firstShares(30, 'r-1'), firstShares(30, 'r-2'));
});

test('a larger percentage has all names of a smaller one with the same salt', (t) => {
  const namesOf = (percent: number) =>
    all.filter((share) => firstShares(percent, 'r-1').some((beginning) => share.startsWith(beginning)));
  for (let percent = 2; percent <= 99; percent += 1) {
    const larger = new Set(namesOf(percent));
    t.true(namesOf(percent - 1).every((share) => larger.has(share)));
  }
});
