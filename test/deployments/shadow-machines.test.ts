import test from 'ava';
import { assertShadowPossible } from '../../deployments/shadow-machines.ts';
import { rehearsal, revisionIn } from '../stacks/synthesized.ts';
import { beginSecond, named } from './strategies/examples.ts';

/** A shadow beside machines of the shipped rehearsal, whose settings are edited. */
function shadowBeside(edit: (yaml: string) => string) {
  const begun = beginSecond({ strategy: 'shadow' });
  const { userData } = revisionIn(rehearsal(edit));
  const serving = { ...begun.revisions[named(1)], userData };
  return { ...begun, revisions: { ...begun.revisions, [named(1)]: serving } } as typeof begun;
}

const withShadow = (enabled: boolean) => (yaml: string) =>
  yaml.replace(/shadow:\n {4}enabled: \w+/, `shadow:\n    enabled: ${enabled}`);

test('a shadow needs machines that were booted with what runs one', (t) => {
  t.notThrows(() => assertShadowPossible(shadowBeside(withShadow(true))));
  t.throws(() => assertShadowPossible(shadowBeside(withShadow(false))), {
    name: 'UserError',
    message: /^The machines that serve cannot run a shadow\. Set service\.shadow\.enabled to true, deploy once/,
  });
});

test('other strategies do not', (t) => {
  t.notThrows(() => assertShadowPossible(beginSecond({ strategy: 'ab' })));
});
