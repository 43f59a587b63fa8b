import test from 'ava';
import { UserError } from '../../common/errors.ts';
import { parseDeployment } from '../../deployments/deployment.ts';
import { abort } from '../../deployments/strategies/abort.ts';
import { beginSecond, named, revision, steady } from './strategies/examples.ts';

const throughState = (value: unknown) => parseDeployment(JSON.parse(JSON.stringify(value)));

/** Returns what the message says of a deployment with other members. */
function refusalOf(changes: Record<string, unknown>): string {
  try {
    parseDeployment({ ...steady(), ...changes });
  } catch (error) {
    if (error instanceof UserError) return error.message;
  }
  return 'accepted';
}

const damaged = (line: string) =>
  [
    'The deployment in the Terraform state is damaged:',
    `  ${line}`,
    'Nothing was changed. Put the last version of the state in its place, then type the command again.',
  ].join('\n');

test('a state gives back what was written, in every phase', (t) => {
  const progressing = beginSecond({ strategy: 'canary' });
  const values = [
    steady(),
    { ...steady(), phase: 'warm' as const },
    beginSecond({ strategy: 'ab' }),
    progressing,
    abort(progressing, 'a person'),
  ];
  for (const value of values) t.deepEqual(throughState(value), value);
});

test('another format is refused with what to do', (t) => {
  t.is(
    refusalOf({ format: 3 }),
    'The deployment in the Terraform state: expected format 1 or 2, got 3. Nothing was changed. Use the version of this project that deployed last.',
  );
});

test('a damaged deployment is refused with each place', (t) => {
  const { blue, green } = steady().tracks;
  t.is(
    refusalOf({ weights: { blue: 90, green: 0 } }),
    damaged('weights: expected weights that sum to 100, got {"blue":90,"green":0}'),
  );
  t.is(refusalOf({ live: 'red' }), damaged(`live: expected 'blue' or 'green', got "red"`));
  t.is(refusalOf({ unknown: 1 }), damaged('unknown: unknown key'));
  t.is(
    refusalOf({ tracks: { blue: { ...blue, ceiling: 1 }, green } }),
    damaged('tracks.blue.ceiling: expected at least the floor, got 1'),
  );
  t.is(
    refusalOf({ tracks: { blue, green: { ...green, revision: 'r-0' } } }),
    damaged('revisions.r-0: expected a revision, which is named elsewhere, got nothing'),
  );
  t.is(
    refusalOf({ history: [named(1), 'r-0'] }),
    damaged('revisions.r-0: expected a revision, which is named elsewhere, got nothing'),
  );
  t.is(
    refusalOf({ revisions: { [named(1)]: revision(2) } }),
    damaged(`revisions.${named(1)}: expected the name ${named(2)}, got ${JSON.stringify(revision(2))}`),
  );
  t.true(refusalOf({ phase: 'progressing' }).includes('progress: expected a mapping, got null'));
});

test('what is no deployment at all is refused', (t) => {
  for (const value of [null, undefined, 'r-1', []]) t.throws(() => parseDeployment(value), { instanceOf: UserError });
});
