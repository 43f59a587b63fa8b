import type { CloudClient } from '../rehearsal/client.ts';

interface Recap {
  failed: number;
  tasks: { role: string; task: string; status: string; output?: string }[];
}

/** The failed task of a machine's bootstrap, with its output; undefined where none failed (yet). */
export async function bootstrapFailure(client: CloudClient, machine: string): Promise<string | undefined> {
  const logs = await client.logs(machine);
  const recap = parseRecap(logs?.recap ?? '');
  const failed = recap?.tasks.find(({ status }) => status === 'failed');
  return failed && `the bootstrap failed at "${failed.role}: ${failed.task}"\n${failed.output ?? ''}`.trimEnd();
}

// A machine that is writing its recap right now has half of one.
function parseRecap(text: string): Recap | undefined {
  try {
    return text === '' ? undefined : (JSON.parse(text) as Recap);
  } catch {
    return undefined;
  }
}
