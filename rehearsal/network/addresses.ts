/** Where machines find the metadata service, as on EC2. */
export const metadataAddress = '169.254.169.254';

/** Where machines reach S3: the rehearsal has no resolver, so its store has an address that every VPC can route to. */
export const storeAddress = '169.254.169.252';

/** The first address of a network, which is its router's, and the network's prefix: `10.20.0.0/16` gives `10.20.0.1` and 16. */
export function routerOf(cidr: string): { address: string; prefix: number } {
  const [network = '', prefix = ''] = cidr.split('/');
  const octets = network.split('.');
  return { address: [...octets.slice(0, 3), Number(octets[3]) + 1].join('.'), prefix: Number(prefix) };
}
