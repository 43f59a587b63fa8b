/**
 * Selects the requests of people. Probes, which the load balancer and each machine's nginx send every few seconds, would make an
 * idle service look busy, a slow one fast, and a failing one nearly right.
 */
export const asked = 'route!~"/health|/ready|/v2/health/(live|ready)"';

/** The intent that stands for "none of these". */
export const unknown = 'intent="unknown"';
