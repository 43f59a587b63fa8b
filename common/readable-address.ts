/** Returns a resource's address without the eight hexadecimal digits that CDKTF appends to each name. */
export function readableAddress(address: string): string {
  return address.replace(/_[0-9A-F]{8}$/, '');
}
