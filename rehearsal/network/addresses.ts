import { Address4 } from 'ip-address';

/** The address of the metadata service, as on EC2. */
export const metadataAddress = '169.254.169.254';

/** The address of S3 for machines. A rehearsal has no name server; this address is on the bridge, so every VPC reaches it. */
export const storeAddress = '169.254.169.252';

/** Returns the first address of a network, which AWS gives to its router, and the prefix: 10.20.0.1 and 16 for `10.20.0.0/16`. */
export function routerOf(cidr: string): { address: string; prefix: number } {
  const network = new Address4(cidr);
  return { address: network.startAddressExclusive().correctForm(), prefix: network.subnetMask };
}
