import type { ExecutionContext } from 'ava';
import { type Answer, type Received, refusal, startServer, type TestServer } from '../../mlflow/server.ts';

type Body = Record<string, never> & { run_id: string; tags?: { key: string; value: string }[] };

interface FakeRun {
  id: string;
  deleted: boolean;
  tags: { key: string; value: string }[];
  /** The calls that have written to it, with what they said. */
  calls: [name: string, body: object][];
}

/** What becomes of a call: it is done and the answer is lost, or it is answered so without being done. */
export type Fault = 'lost' | Answer | undefined;

export interface FakeMlflow extends TestServer {
  runs: FakeRun[];
  files: Map<string, string>;
  /** Decides what becomes of the next calls, by name. */
  fault: (name: string) => Fault;
}

/** An MLflow server in memory: one experiment and its runs. */
export async function startMlflow(t: ExecutionContext): Promise<FakeMlflow> {
  const state: Pick<FakeMlflow, 'runs' | 'files' | 'fault'> = { runs: [], files: new Map(), fault: () => undefined };
  const server = await startServer(t, (received) => {
    const name = nameOf(received);
    const fault = state.fault(name);
    if (fault !== undefined && fault !== 'lost') return fault;
    const answer = answerTo(state, name, received);
    return fault === 'lost' ? null : answer;
  });
  return Object.assign(state, server);
}

function nameOf({ call }: Received): string {
  return call.replace(/^\w+ \/api\/2\.0\/(?:mlflow\/)?/, '').replace(/\?.*$/, '');
}

function answerTo({ runs, files }: Pick<FakeMlflow, 'runs' | 'files'>, name: string, received: Received): Answer {
  if (name.startsWith('mlflow-artifacts/')) {
    files.set(name.replace('mlflow-artifacts/artifacts/', ''), received.body);
    return {};
  }
  if (name === 'experiments/get-by-name') return { body: { experiment: { experiment_id: '1' } } };
  const body = JSON.parse(received.body || '{}') as Body;
  if (name === 'runs/create') {
    runs.push({ id: `run-${runs.length + 1}`, deleted: false, tags: body.tags ?? [], calls: [[name, body]] });
    return { body: { run: { info: infoOf(runs.at(-1) as FakeRun) } } };
  }
  if (name === 'runs/search') return { body: { runs: found(runs, String(body.filter)) } };
  const id = body.run_id ?? new URL(received.call.split(' ')[1] ?? '', 'http://host').searchParams.get('run_id');
  const run = runs.find((one) => one.id === id);
  if (!run) return refusal('RESOURCE_DOES_NOT_EXIST');
  if (name === 'runs/get') return { body: { run: { info: infoOf(run) } } };
  if (run.deleted) return refusal('INVALID_PARAMETER_VALUE', 'The run must be active');
  if (name === 'runs/delete') run.deleted = true;
  else run.calls.push([name, without(body)]);
  return {};
}

function found(runs: readonly FakeRun[], filter: string) {
  const [, key, value] = /^tags\.`(.+)` = '(.+)'$/.exec(filter) ?? [];
  return runs
    .filter((run) => !run.deleted && run.tags.some((tag) => tag.key === key && tag.value === value))
    .map((run) => ({ info: infoOf(run) }));
}

function infoOf({ id, deleted }: FakeRun) {
  return {
    run_id: id,
    artifact_uri: `mlflow-artifacts:/1/${id}/artifacts`,
    lifecycle_stage: deleted ? 'deleted' : 'active',
  };
}

function without({ run_id: _, ...others }: Body): object {
  return others;
}
