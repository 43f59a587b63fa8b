// Unit tests by default; `SUITE=end-to-end` runs the end-to-end tests. Both partly wait for processes, so that more files at a
// time than there are cores take less time.
const endToEnd = process.env.SUITE === 'end-to-end';

// The longest one of each suite first, or the others would have ended long before it; the second may compile a tool.
const isLong = (file) => /\/(?:serving|workflows)\.test\.ts$/.test(file);

export default {
  extensions: ['ts'],
  // Colours are for terminals; the library for them takes a continuous integration for one.
  environmentVariables: { NO_COLOR: '1' },
  files: endToEnd ? ['test/end-to-end/**/*.test.ts'] : ['test/**/*.test.ts', '!test/end-to-end/**'],
  timeout: endToEnd ? '25m' : '60s',
  concurrency: endToEnd ? 2 : 3,
  sortTestFiles: (one, other) => Number(isLong(other)) - Number(isLong(one)) || one.localeCompare(other),
};
