// The modules of prom-client's default metrics, which have no types.
declare module 'prom-client/lib/metrics/*' {
  const collect: (registry: import('prom-client').Registry, options: { eventLoopMonitoringPrecision: number }) => void;
  export default collect;
}
