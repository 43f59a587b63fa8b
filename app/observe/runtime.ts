import type { Registry } from 'prom-client';
import eventLoopLag from 'prom-client/lib/metrics/eventLoopLag.js';
import heapSizeAndUsed from 'prom-client/lib/metrics/heapSizeAndUsed.js';
import heapSpacesSizeAndUsed from 'prom-client/lib/metrics/heapSpacesSizeAndUsed.js';
import osMemoryHeap from 'prom-client/lib/metrics/osMemoryHeap.js';
import processCpuTotal from 'prom-client/lib/metrics/processCpuTotal.js';
import processMaxFileDescriptors from 'prom-client/lib/metrics/processMaxFileDescriptors.js';
import processOpenFileDescriptors from 'prom-client/lib/metrics/processOpenFileDescriptors.js';
import processResources from 'prom-client/lib/metrics/processResources.js';
import processStartTime from 'prom-client/lib/metrics/processStartTime.js';
import version from 'prom-client/lib/metrics/version.js';

// Each reading wakes the process: every 10 ms, an idle worker takes 1 % of a processor for it, every 40 ms a quarter of that.
const eventLoopMilliseconds = 40;

const collectors = [
  eventLoopLag,
  heapSizeAndUsed,
  heapSpacesSizeAndUsed,
  osMemoryHeap,
  processCpuTotal,
  processMaxFileDescriptors,
  processOpenFileDescriptors,
  processResources,
  processStartTime,
  version,
];

/**
 * Registers prom-client's default metrics of the process and of Node without two kinds: garbage collections, whose performance
 * entries take 5 % of the processor time under load (long collections appear as event-loop lag), and active handles and requests,
 * which Node has deprecated.
 */
export function exposeRuntime(registry: Registry): void {
  for (const collect of collectors) collect(registry, { eventLoopMonitoringPrecision: eventLoopMilliseconds });
}
