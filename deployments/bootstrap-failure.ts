import type { CloudClient } from '../rehearsal/client.ts';

interface Recap {
  tasks: { role: string; task: string; status: string; output?: string }[];
}

/** Returns the failed task of a machine's bootstrap with its output; undefined while no task has failed. */
export async function bootstrapFailure(client: CloudClient, machine: string): Promise<string | undefined> {
  const logs = await client.logs(machine);
  const failed = parseRecap(logs?.recap)?.tasks.find(({ status }) => status === 'failed');
  return failed && `the bootstrap failed at "${failed.role}: ${failed.task}"\n${failed.output ?? ''}`.trimEnd();
}

// The recap of a machine that has not written it yet is missing or incomplete.
function parseRecap(text = ''): Recap | undefined {
  try {
    return JSON.parse(text) as Recap;
  } catch {
    return undefined;
  }
}
