import { LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { type ChartProps, chartOption } from '../chart-option.ts';
import { tooltip } from './tooltip.ts';

use([LineChart, GridComponent, TooltipComponent, MarkLineComponent, CanvasRenderer]);

/** A chart that fills its element. */
export class Chart {
  readonly #chart: EChartsType;
  #names: readonly string[] = [];

  constructor(container: HTMLElement) {
    this.#chart = init(container);
    new ResizeObserver(() => this.#chart.resize()).observe(container);
  }

  draw(props: ChartProps): void {
    const { panel, series, looks, times } = props;
    this.#names = series.map(({ name }) => name);
    const option = chartOption(props);
    const formatter = (lines: unknown) => {
      const [{ dataIndex: index }] = lines as [{ dataIndex: number }];
      return tooltip({ unit: panel.unit, series, looks, index, time: times[index] as number });
    };
    this.#chart.setOption({ ...option, tooltip: { ...option.tooltip, formatter } }, { notMerge: true });
  }

  /** Shows one line before the others; without a name, all alike. */
  highlight(name?: string): void {
    this.#chart.dispatchAction({ type: 'downplay' });
    if (name !== undefined) this.#chart.dispatchAction({ type: 'highlight', seriesIndex: this.#names.indexOf(name) });
  }
}
