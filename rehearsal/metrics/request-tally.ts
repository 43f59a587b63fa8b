/** What the balancer logs of a request. */
export interface LoggedRequest {
  /** The id of the load balancer, such as `app/intent-fleet/50dc6c495c0c9188`. */
  balancer: string;
  /** The name of the target group in nginx's configuration; empty for a request without one. */
  choice: string;
  status: number;
  /** True if a target was chosen. */
  isForwarded: boolean;
  /** Seconds until the target's answer began; undefined if none came. */
  seconds: number | undefined;
}

/** nginx's status of a client that no security group lets in, whom a load balancer would not notice. */
const notAdmitted = 444;

/** Parses a line of the balancer's log; undefined if it does not count. */
export function parseRequest(line: string): LoggedRequest | undefined {
  const [balancer = '', choice = '', status = '', upstreamStatus, seconds] = line.split('\t');
  if (seconds === undefined || !/^\d{3}$/.test(status) || Number(status) === notAdmitted) return undefined;
  return {
    balancer,
    choice,
    status: Number(status),
    isForwarded: upstreamStatus !== '-',
    seconds: seconds === '-' ? undefined : Number(seconds),
  };
}

/** The requests of a balancer, or those of them to one target group. */
export interface RequestTally {
  dimensions: { LoadBalancer: string; TargetGroup?: string };
  /** The number of requests by the name of the metric that counts them. */
  counts: Map<string, number>;
  /** How often the targets took how many seconds. */
  seconds: Map<number, number>;
}

/** Returns the tallies of balancers and target groups, whose ids are given by their names in nginx's configuration. */
export function tallyRequests(lines: readonly string[], targetGroups: ReadonlyMap<string, string>): RequestTally[] {
  const tallies = new Map<string, RequestTally>();
  for (const request of lines.map(parseRequest).filter((found) => found !== undefined))
    tallyRequest(tallies, request, targetGroups.get(request.choice));
  return [...tallies.values()];
}

function tallyRequest(
  tallies: Map<string, RequestTally>,
  request: LoggedRequest,
  TargetGroup: string | undefined,
): void {
  const { balancer: LoadBalancer } = request;
  const counters = countersOf(request);
  add(tallies, { LoadBalancer }, counters, request.seconds);
  if (TargetGroup) add(tallies, { LoadBalancer, TargetGroup }, counters.filter(isOfTargetGroup), request.seconds);
}

function add(
  tallies: Map<string, RequestTally>,
  dimensions: RequestTally['dimensions'],
  counters: string[],
  seconds: number | undefined,
): void {
  const key = `${dimensions.LoadBalancer} ${dimensions.TargetGroup}`;
  const tally = tallies.get(key) ?? { dimensions, counts: new Map(), seconds: new Map() };
  tallies.set(key, tally);
  for (const name of counters) tally.counts.set(name, (tally.counts.get(name) ?? 0) + 1);
  if (seconds !== undefined) tally.seconds.set(seconds, (tally.seconds.get(seconds) ?? 0) + 1);
}

function isOfTargetGroup(counter: string): boolean {
  return !counter.startsWith('HTTPCode_ELB_');
}

// RequestCount has only requests for which a target was chosen. A status is the target's if its answer has begun.
function countersOf({ status, isForwarded, seconds }: LoggedRequest): string[] {
  const counters = isForwarded ? ['RequestCount'] : [];
  const family = `${Math.floor(status / 100)}XX_Count`;
  if (seconds !== undefined) return [...counters, `HTTPCode_Target_${family}`];
  if (isForwarded && status === 502) counters.push('TargetConnectionErrorCount');
  if (status >= 300) counters.push(`HTTPCode_ELB_${family}`);
  if (status >= 500) counters.push(`HTTPCode_ELB_${status}_Count`);
  return counters;
}
