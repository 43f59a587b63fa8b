import { Address4, Address6 } from 'ip-address';

const privateNetworks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((cidr) => new Address4(cidr));
const uniqueLocal = new Address6('fc00::/7');

/** Tells whether every address of a network is private (RFC 1918, RFC 4193); false for what is no network. */
export function isPrivateNetwork(cidr: string): boolean {
  if (Address4.isValid(cidr)) {
    const network = new Address4(cidr);
    return privateNetworks.some((whole) => network.isInSubnet(whole));
  }
  return Address6.isValid(cidr) && new Address6(cidr).isInSubnet(uniqueLocal);
}
