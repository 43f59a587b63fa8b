/** Turns the error of a file that does not exist into undefined: `readFile(path).catch(unlessMissing)`. */
export function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
