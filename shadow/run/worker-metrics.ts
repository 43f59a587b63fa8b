/** What the worker of a release says of itself. */
export interface WorkerMetrics {
  /** The buckets, sum and count of the time to classify one text: the rest of the metric's name, the bound, and the value. */
  inference: { part: string; le?: string; value: number }[];
  residentBytes: number | undefined;
}

const inferenceLine = /^intent_inference_duration_seconds(_bucket|_sum|_count)(?:\{le="([^"]+)"\})? (\S+)$/;
const residentLine = /^process_resident_memory_bytes (\S+)$/;

/** Reads from a page of metrics what a release takes; a release of another version may expose less. */
export function readWorkerMetrics(page: string): WorkerMetrics {
  const found: WorkerMetrics = { inference: [], residentBytes: undefined };
  for (const line of page.split('\n')) {
    const [, part, le, value] = inferenceLine.exec(line) ?? [];
    if (part) found.inference.push({ part, ...(le && { le }), value: Number(value) });
    const [, bytes] = residentLine.exec(line) ?? [];
    if (bytes) found.residentBytes = Number(bytes);
  }
  return found;
}
