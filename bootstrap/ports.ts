/** Where a machine's metrics are: nginx's listener for the monitoring machine, and on loopback what it passes on. */
export const metricsPorts = { listener: 9443, node: 9100, nginx: 9113, nginxStatus: 9114 } as const;

/** Where Prometheus listens, on loopback. */
export const prometheusPort = 9090;

/** Where the shadow's worker listens, on loopback; above all ports of workers, below those that connections get. */
export const shadowPorts = { service: 20_080, metrics: 20_081 } as const;

/** Returns the port of a worker's own metrics on loopback; its unit writes it as `1%i`. */
export function workerMetricsPort(port: number): number {
  return Number(`1${port}`);
}
