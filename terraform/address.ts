/** A resource's address without the eight hexadecimal digits that CDKTF ends every name with. */
export function readableAddress(address: string): string {
  return address.replace(/_[0-9A-F]{8}$/, '');
}
