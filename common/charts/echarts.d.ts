// The package has no types for its bundle.
declare module 'echarts/dist/echarts.esm.min.mjs' {
  export { init } from 'echarts';
}
