import { type Machine, succeed } from './machine/machine.ts';

/** Properties of a machine, gathered before anything is changed on it. */
export interface Facts {
  /** `ID` of os-release, such as `debian`. */
  distribution: string;
  /** `VERSION_ID` of os-release, such as `12`; empty where there is none. */
  distributionVersion: string;
  /** The kernel's name of the architecture, such as `x86_64`. */
  architecture: string;
  processors: number;
  memoryMegabytes: number;
  /** The id of the instance that cloud-init has booted, such as `i-0123456789abcdef0`; empty without one. */
  instanceId: string;
}

/** Reads the facts; changes nothing. */
export async function gatherFacts(machine: Machine): Promise<Facts> {
  const [release, processors, memory, instance, architecture] = await Promise.all([
    machine.files.read('/etc/os-release'),
    machine.files.read('/proc/cpuinfo'),
    machine.files.read('/proc/meminfo'),
    machine.files.read('/var/lib/cloud/data/instance-id'),
    succeed(machine, ['uname', '-m']),
  ]);
  return {
    distribution: osReleaseValue('ID', release),
    distributionVersion: osReleaseValue('VERSION_ID', release),
    architecture: architecture.trim(),
    processors: processors?.match(/^processor\s*:/gm)?.length ?? 0,
    memoryMegabytes: Math.round(Number(/^MemTotal:\s*(\d+) kB$/m.exec(memory ?? '')?.[1] ?? 0) / 1024),
    // Configurations contain it.
    instanceId: /^([\w-]+)\n?$/.exec(instance ?? '')?.[1] ?? '',
  };
}

function osReleaseValue(name: string, release = ''): string {
  return new RegExp(`^${name}="?([^"\\n]*)"?$`, 'm').exec(release)?.[1] ?? '';
}
