import type { UnitState } from '../../../bootstrap/verification/unit-state.ts';

/** The output of `systemctl show` for units that have been active since the machine booted, except for what is given. */
export function showUnits(...units: (Partial<UnitState> & Pick<UnitState, 'unit'>)[]) {
  const blocks = units.map(({ unit, activeState = 'active', restarts = '0', activeSince = '5' }) =>
    [
      `Id=${unit}`,
      `ActiveState=${activeState}`,
      `NRestarts=${restarts}`,
      `ActiveEnterTimestampMonotonic=${activeSince}`,
    ].join('\n'),
  );
  return { status: 0, output: blocks.join('\n\n') };
}
