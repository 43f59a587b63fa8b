import pc from 'picocolors';
import { lastLines } from '../../common/last-lines.ts';
import type { CloudTarget } from '../../deployments/cloud-target.ts';
import type { Fleet } from '../../deployments/fleet.ts';

/** Returns the last lines of a machine that ships none: of its console, and in the rehearsal of what is on its disk. */
export async function unshippedLogs(id: string, target: CloudTarget, fleet: Fleet, lines: number): Promise<string> {
  const logs = await logsOf(id, target, fleet);
  const parts = Object.entries(logs).filter(([, text]) => text.trim() !== '');
  const formatted = parts.map(([title, text]) => `${pc.dim(`-- ${title}`)}\n${lastLines(text, lines)}`);
  return [pc.bold(id), ...(formatted.length > 0 ? formatted : ['(nothing is written yet)']), ''].join('\n');
}

// Nothing reads the disks of machines on AWS, nor of one that has never come up: there is its console.
async function logsOf(id: string, { rehearsal }: CloudTarget, fleet: Fleet): Promise<Record<string, string>> {
  const logs = await rehearsal?.logs(id);
  if (!logs?.bootstrap) return { console: await fleet.consoleOf(id) };
  const { bootstrap, service, proxy } = logs;
  return { bootstrap, service, proxy };
}
