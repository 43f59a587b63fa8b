/**
 * Returns an expression of Terraform that has this value, whatever its texts contain; CDKTF takes no null in an output. It is
 * known, and so written, when the resources at some addresses exist: Terraform writes what it knows before the apply also when
 * the apply fails.
 */
export function literal(value: unknown, addresses: readonly string[]): string {
  // A quoted text of Terraform has the escapes of JSON; with ${ and %{ templates would begin.
  const quoted = JSON.stringify(JSON.stringify(value)).replaceAll('$', '\\u0024').replaceAll('%', '\\u0025');
  const ids = addresses.map((address) => `${address}.id`).join(', ');
  return `\${join("", [${ids}]) != "" ? jsondecode(${quoted}) : null}`;
}
