import type { EChartsOption } from 'echarts';
// One file: the package's hundreds of modules take several times as long to import.
import { init } from 'echarts/dist/echarts.esm.min.mjs';

/** Placeholders that `draw` replaces by the page's CSS variables, so that one drawing is legible in light and dark. */
export const colours = {
  ink: '#0a0b01',
  faint: '#0a0b02',
  grid: '#0a0b03',
  first: '#0a0b04',
  second: '#0a0b05',
  third: '#0a0b06',
} as const;

interface Size {
  width: number;
  height: number;
  /** The range of widths to which the page may scale the chart. */
  narrowest: number;
  widest: number;
}

// Small enough that the text is legible on a phone.
const standard: Size = { width: 420, height: 280, narrowest: 0, widest: 540 };

/** Draws a chart as an SVG element that takes its colours from the page. */
export function draw(title: string, option: EChartsOption, size = standard): string {
  const svg = render(size, {
    animation: false,
    textStyle: { color: colours.ink, fontFamily: 'system-ui, sans-serif' },
    grid: { left: 64, right: 24, top: 40, bottom: 52 },
    legend: { top: 0, itemGap: 18, borderColor: colours.grid, textStyle: { color: colours.ink } },
    ...option,
  });
  return withCssVariables(withoutNames(svg)).replace(
    '<svg ',
    `<svg role="img" aria-label="${title}" style="min-width: ${size.narrowest}px; max-width: ${size.widest}px" `,
  );
}

function render({ width, height }: Size, option: EChartsOption): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString({ useViewBox: true });
  } finally {
    // An open chart keeps the process alive.
    chart.dispose();
  }
}

function withCssVariables(svg: string): string {
  return Object.entries(colours).reduce((drawn, [name, colour]) => drawn.replaceAll(colour, `var(--${name})`), svg);
}

// ECharts generates names that differ at each run; a static drawing needs neither them nor their styles and clips.
function withoutNames(svg: string): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ (class|id)="zr[^"]*"/g, '')
    .replace(/<defs[\s\S]*?<\/defs>/g, '')
    .replace(/ (ecmeta_[a-z_]+|clip-path)="[^"]*"/g, '');
}
