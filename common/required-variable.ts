/** Returns what reads a variable of the environment that a systemd unit sets; the error names a variable that is missing. */
export function requiredFrom(environment: NodeJS.ProcessEnv, unit: string): (name: string) => string {
  return (name) => {
    const text = environment[name];
    if (text) return text;
    throw new Error(`${name}: expected a value, got nothing; the unit ${unit} sets it`);
  };
}
