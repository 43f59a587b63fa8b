/** Returns the name of the parameter that names the shadow of a stack; there is no such parameter where there is no shadow. */
export function shadowParameter(stack: string): string {
  return `/${stack}/shadow`;
}
