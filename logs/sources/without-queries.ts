/** Removes the queries of the addresses in a line of nginx's error log: clients may have put texts there. */
export function withoutQueries(message: string): string {
  return message.replaceAll(/\?[^\s"]*/g, '');
}
