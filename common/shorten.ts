/** Returns a text with at most `most` Unicode characters; an ellipsis stands for what is cut off. */
export function shorten(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
