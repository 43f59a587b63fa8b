import test from 'ava';
import { ApplyProgress, errorsOf, parseEvent } from '../../terraform/events.ts';

test('a line is an event or a text', (t) => {
  t.deepEqual(parseEvent('{"type":"version","@message":"m"}'), { type: 'version', '@message': 'm' });
  t.deepEqual(parseEvent('Killed'), { type: 'text', '@message': 'Killed' });
  t.deepEqual(parseEvent('{"type":'), { type: 'text', '@message': '{"type":' });
});

test('each error is a paragraph; warnings are left out', (t) => {
  const event = (severity: 'error' | 'warning', summary: string, detail: string) => ({
    type: 'diagnostic',
    '@message': '',
    diagnostic: { severity, summary, detail },
  });
  t.is(errorsOf([event('error', 'A', 'a'), event('warning', 'W', 'w'), event('error', 'B', '')]), 'A\na\nB');
  t.is(errorsOf([]), '');
});

const hook = (type: string, addr: string) => ({ type, '@message': '', hook: { resource: { addr } } });

test('progress names the longest-running change, and never counts beyond the total', (t) => {
  const progress = new ApplyProgress(2);
  const after = (type: string, addr: string) => {
    progress.see(hook(type, addr));
    return progress.line;
  };
  t.is(progress.line, '0 of 2');
  t.is(after('apply_start', 'a.a'), '0 of 2, on a.a');
  t.is(after('apply_start', 'a.b'), '0 of 2, on a.a');
  t.is(after('apply_progress', 'a.a'), '0 of 2, on a.a');
  t.is(after('apply_complete', 'a.a'), '1 of 2, on a.b');
  t.is(after('apply_errored', 'a.b'), '2 of 2');
  t.is(after('apply_complete', 'a.c'), '2 of 2');
});
