import test from 'ava';
import { ServiceError } from '../../../common/aws/signed-requests.ts';
import type { LogLine } from '../../../logs/line.ts';
import type { LogEvent } from '../../../logs/store/batches.ts';
import { LogStore } from '../../../logs/store/log-store.ts';

interface Put {
  logGroupName: string;
  logStreamName: string;
  logEvents?: LogEvent[];
}

type Answer = (action: string, input: Put) => object | undefined;

/** A store whose API answers as a test says, with what it stored, the calls and the reports. */
function logStore(answer: Answer = () => undefined) {
  const stored: Record<string, string[]> = {};
  const calls: string[] = [];
  const reports: string[] = [];
  const counts: Record<string, number> = { failed: 0 };
  const call = async (action: string, input: object) => {
    const { logGroupName: group, logStreamName, logEvents = [] } = input as Put;
    calls.push(`${action} ${group} ${logStreamName} ${logEvents.length}`);
    const answered = answer(action, input as Put) ?? {};
    stored[group] = [...(stored[group] ?? []), ...logEvents.map(({ message }) => message)];
    return answered as Record<string, unknown>;
  };
  const report = (sentence: string) => void reports.push(sentence);
  const add = (name: string, count: number) => {
    counts[name] = (counts[name] ?? 0) + count;
  };
  const tally = {
    stored: (unit: string, lines: number) => add(unit, lines),
    failed: () => add('failed', 1),
  };
  const pauses = { first: 1, longest: 2 };
  return {
    store: new LogStore({ api: { call }, groups: '/fleet', stream: 'i-1', tally, report, pauses }),
    stored,
    calls,
    reports,
    counts,
  };
}

function lines(unit: LogLine['unit'], ...messages: string[]): LogLine[] {
  return messages.map((message, timestamp) => ({ unit, timestamp, message }));
}

function fail(code: string): never {
  throw new ServiceError(code, 'because');
}

test("each unit's lines go to its group, and to the machine's stream", async (t) => {
  const { store, stored, calls, reports, counts } = logStore();
  await store.put([...lines('service', 'a', 'b'), ...lines('proxy', 'c'), ...lines('service', 'd')]);
  t.deepEqual(stored, { '/fleet/service': ['a', 'd', 'b'], '/fleet/proxy': ['c'] });
  t.deepEqual(calls, ['PutLogEvents /fleet/service i-1 3', 'PutLogEvents /fleet/proxy i-1 1']);
  t.deepEqual(reports, []);
  t.deepEqual(counts, { failed: 0, service: 3, proxy: 1 });
});

test('a stream that is missing is created, also when another process creates it at the same time', async (t) => {
  for (const code of [undefined, 'ResourceAlreadyExistsException']) {
    let exists = false;
    const { store, stored, calls, counts } = logStore((action) => {
      if (action === 'PutLogEvents' && !exists) fail('ResourceNotFoundException');
      exists = true;
      return action === 'CreateLogStream' && code ? fail(code) : undefined;
    });
    await store.put(lines('service', 'a'));
    t.deepEqual(calls, [
      'PutLogEvents /fleet/service i-1 1',
      'CreateLogStream /fleet/service i-1 0',
      'PutLogEvents /fleet/service i-1 1',
    ]);
    t.deepEqual(stored['/fleet/service'], ['a']);
    t.deepEqual(counts, { failed: 0, service: 1 });
  }
});

test('lines for a group that somebody has deleted do not hold up the others', async (t) => {
  const { store, stored, reports, counts } = logStore((_, { logGroupName }) =>
    logGroupName === '/fleet/proxy' ? fail('ResourceNotFoundException') : undefined,
  );
  await store.put([...lines('proxy', 'a', 'b'), ...lines('service', 'c')]);
  t.deepEqual(stored, { '/fleet/service': ['c'] });
  t.deepEqual(reports, ['/fleet/proxy gets 2 lines less: ResourceNotFoundException: because']);
  t.deepEqual(counts, { failed: 1, service: 1 });
});

test('whatever passes is tried again until it has passed, and said twice', async (t) => {
  for (const code of ['ThrottlingException', 'ExpiredTokenException', 'AccessDeniedException', 'status 503']) {
    let failures = 3;
    const { store, stored, reports, counts } = logStore(() => (failures-- > 0 ? fail(code) : undefined));
    await store.put(lines('service', 'a'));
    t.deepEqual(stored, { '/fleet/service': ['a'] });
    t.deepEqual(reports, [
      `/fleet/service does not take lines, which wait: ${code}: because`,
      '/fleet/service takes lines again after 3 failed attempts',
    ]);
    t.deepEqual(counts, { failed: 3, service: 1 });
  }
});

test('one bad event is found and left out', async (t) => {
  const { store, stored, reports } = logStore((_, { logEvents = [] }) =>
    logEvents.some(({ message }) => message === 'bad') ? fail('InvalidParameterException') : undefined,
  );
  await store.put(lines('service', 'a', 'b', 'c', 'bad', 'd', 'e', 'f'));
  t.deepEqual(stored['/fleet/service'], ['a', 'b', 'c', 'd', 'e', 'f']);
  t.deepEqual(reports, ['/fleet/service gets 1 lines less: InvalidParameterException: because']);
});

test('events that are too old or too new for CloudWatch are reported', async (t) => {
  const answers = [{ tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 3 }, { expiredLogEventEndIndex: 2 }].map(
    (rejectedLogEventsInfo) => ({ rejectedLogEventsInfo }),
  );
  const { store, reports, counts } = logStore(() => answers.shift());
  await store.put(lines('service', 'a', 'b', 'c', 'd'));
  await store.put(lines('service', 'a', 'b', 'c', 'd'));
  t.deepEqual(reports, [
    '/fleet/service gets 1 lines less: they are too old',
    '/fleet/service gets 1 lines less: their time is more than two hours ahead',
    '/fleet/service gets 2 lines less: they are too old',
  ]);
  t.deepEqual(counts, { failed: 0, service: 4 });
});
