import test from 'ava';
import { bootstrapFailure } from '../../deployments/bootstrap-failure.ts';

test('the failure of a bootstrap is its failed task with its output', async (t) => {
  const failureIn = (recap: string | undefined) =>
    bootstrapFailure({ logs: async () => (recap === undefined ? undefined : { recap }) } as never, 'i-1');
  const done = { role: 'proxy', task: 'install nginx', status: 'changed' };
  const failed = { role: 'proxy', task: 'test the site', status: 'failed', output: 'unknown directive\n' };
  t.is(
    await failureIn(JSON.stringify({ failed: 1, tasks: [done, failed] })),
    'the bootstrap failed at "proxy: test the site"\nunknown directive',
  );
  t.is(await failureIn(JSON.stringify({ failed: 0, tasks: [done] })), undefined);
  for (const none of [undefined, '', '{"failed":']) t.is(await failureIn(none), undefined);
});
