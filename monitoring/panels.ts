import type { Panel } from './panel.ts';
import { machinePanels } from './panels/machines.ts';
import { predictionPanels } from './panels/predictions.ts';
import { shadowPanels } from './panels/shadow.ts';
import { trafficPanels } from './panels/traffic.ts';
import { upkeepPanels } from './panels/upkeep.ts';

/** All panels, in the order of the dashboards, which are made from this list alone. */
export const panels: readonly Panel[] = [
  ...trafficPanels,
  ...machinePanels,
  ...predictionPanels,
  ...shadowPanels,
  ...upkeepPanels,
];
