// Unit tests by default; `SUITE=end-to-end` runs the end-to-end tests, which mostly wait: three files at a time.
const endToEnd = process.env.SUITE === 'end-to-end';

export default {
  extensions: ['ts'],
  files: endToEnd ? ['test/end-to-end/**/*.test.ts'] : ['test/**/*.test.ts', '!test/end-to-end/**'],
  timeout: endToEnd ? '25m' : '60s',
  ...(endToEnd ? { concurrency: 3 } : {}),
};
