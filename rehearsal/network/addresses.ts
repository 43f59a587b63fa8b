import { Address4 } from 'ip-address';

/** The address of the metadata service, as on EC2. */
export const metadataAddress = '169.254.169.254';

/** The address of S3 for machines. A rehearsal has no name server; this address is the cloud's own, so every VPC reaches it. */
export const storeAddress = '169.254.169.252';

/** The port of the store, that of HTTPS: on AWS machines need a way out to it. What answers is HTTP. */
export const storePort = 443;

/** Returns the first address of a network, which AWS gives to its router, and the prefix: 10.20.0.1 and 16 for `10.20.0.0/16`. */
export function routerOf(cidr: string): { address: string; prefix: number } {
  const network = new Address4(cidr);
  return { address: network.startAddressExclusive().correctForm(), prefix: network.subnetMask };
}

/** Returns the address of a load balancer in a subnet: one of the last, which no machine gets in a rehearsal of usual size. */
export function balancerAddress(subnet: string, index: number): string {
  const last = new Address4(subnet).endAddressExclusive().bigInt();
  return Address4.fromBigInt(last - BigInt(index)).correctForm();
}
