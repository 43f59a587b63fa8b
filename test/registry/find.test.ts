import test from 'ava';
import { UserError } from '../../common/errors.ts';
import { findVersion, isToMove } from '../../registry/find.ts';
import { describeVersion, type VersionRecord } from '../../registry/version-record.ts';
import { trainSmall } from '../model/trained.ts';

const { manifest } = await trainSmall();
const title = 'https://mlflow: intents';

function version(number: number): VersionRecord {
  return describeVersion(number, manifest, 10, { now: new Date(0), commit: null });
}

test('numbers may be missing', (t) => {
  const holdings = { title, versions: [2, 5].map(version), aliases: new Map([['production', 2]]) };
  t.is(findVersion(holdings, { alias: 'production' }).version, 2);
  t.is(findVersion(holdings, { alias: 'latest' }).version, 5);
  t.is(findVersion(holdings, { version: 5 }).version, 5);
  t.throws(() => findVersion(holdings, { version: 3 }), {
    instanceOf: UserError,
    message: `${title} has no version 3; expected 2, 5`,
  });
});

test('an alias of a version that others have made is told', (t) => {
  const holdings = { title, versions: [version(1)], aliases: new Map([['production', 2]]) };
  t.throws(() => findVersion(holdings, { alias: 'production' }), {
    instanceOf: UserError,
    message: `${title}: production is version 2, which was not made by make register; expected 1 to 1`,
  });
});

test('an alias moves from where it was seen, and from nowhere else', (t) => {
  const move = { alias: 'production', version: 3, from: 2, reason: '' };
  t.true(isToMove(move, new Map([['production', 2]])));
  t.false(isToMove(move, new Map([['production', 3]])));
  t.true(isToMove({ ...move, from: null }, new Map()));
  const message = (place: string) =>
    `production has moved meanwhile, to ${place}: see make models, and promote version 3 again if it still should`;
  t.throws(() => isToMove(move, new Map([['production', 1]])), { message: message('version 1') });
  t.throws(() => isToMove(move, new Map()), { message: message('no version') });
});
