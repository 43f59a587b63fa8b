import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Checkout } from './checkout.ts';
import type { Fault } from './faults.ts';
import { Rehearsal } from './rehearsal.ts';
import { tracesOf } from './traces.ts';

/** What came after a fault. */
export interface Recovery {
  /** The exit code of the same command, typed again. */
  exitCode: number | undefined;
  /** Its output. */
  output: string;
  seconds: number;
  /** Requests from before the fault until the end of that command; undefined where nothing served. */
  requests: { answered: number; failed: number } | undefined;
  /** Why not every machine serves afterwards; null where all do, undefined after destroy. */
  problem: string | null | undefined;
  /** What is left on this machine after destroy. */
  left: string[];
}

/** Kills a command of a checkout of its own, types it again, and destroys the rehearsal. */
export async function carryOut(fault: Fault): Promise<Recovery> {
  const checkout = await Checkout.copy();
  try {
    const rehearsal = new Rehearsal(checkout);
    if (fault.given !== 'nothing') await deploy(checkout);
    const recovery = await recover(rehearsal, fault);
    const destroyed = await checkout.make('destroy');
    const left = await tracesOf(checkout.folder, rehearsal.place);
    return { ...recovery, left: destroyed.exitCode === 0 ? left : [destroyed.output, ...left] };
  } finally {
    await checkout.remove();
  }
}

async function deploy(checkout: Checkout): Promise<void> {
  const { exitCode, output } = await checkout.make('apply');
  if (exitCode !== 0) throw new Error(`The fleet does not serve before the fault:\n${output}`);
  // The next apply has something to change.
  const example = 'the whole team says thank you for the weekend shift,praise';
  await checkout.edit('model/data/train.csv', (data) => `${data.trimEnd()}\n${example}\n`);
}

async function recover(rehearsal: Rehearsal, fault: Fault): Promise<Omit<Recovery, 'left'>> {
  const { command, given } = fault;
  const serves = given !== 'nothing' && command === 'apply';
  const load = serves ? await rehearsal.startLoad() : undefined;
  await killAt(rehearsal.checkout, fault);
  const started = performance.now();
  const { exitCode, output } = await rehearsal.checkout.make(command);
  const seconds = (performance.now() - started) / 1000;
  const { 200: answered = 0, ...others } = (await load?.stop()) ?? {};
  const failed = Object.values(others).reduce((sum, count) => sum + count, 0);
  const problem = command === 'apply' && exitCode === 0 ? (await rehearsal.status()).problem : undefined;
  return { exitCode, output, seconds, problem, requests: load && { answered, failed } };
}

/** Starts a command, and kills it or its Terraform when a line of its output matches. */
export async function killAt(checkout: Checkout, { command, at, victim, step }: Fault): Promise<void> {
  const running = checkout.start(command);
  let isKilled = false;
  for await (const line of running.iterable({ from: 'all' })) {
    if (isKilled || !at.test(String(line))) continue;
    isKilled = true;
    if (victim === 'command') process.kill(-(running.pid ?? 0), 'SIGKILL');
    else await killTerraform(checkout);
  }
  await running;
  if (!isKilled) throw new Error(`make ${command} was never at the step "${step}"`);
}

// It runs a moment after the line of the step.
async function killTerraform({ folder }: Checkout): Promise<void> {
  for (;;) {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    for (const pid of pids) {
      const argv = (await readFile(join('/proc', pid, 'cmdline'), 'utf8').catch(() => '')).split('\0');
      if (argv[0] === 'terraform' && argv[1]?.startsWith(`-chdir=${folder}/`))
        return void process.kill(Number(pid), 'SIGKILL');
    }
  }
}
