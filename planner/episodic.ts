import type { StreamSpec } from '../model/scenario.ts'

/** Whether the rows of a stream are events of episodes, many an arrival, and not arrivals. */
export const isEpisodic = ({ mix }: Pick<StreamSpec, 'mix'>): boolean =>
  mix.every(({ action }) => action === 'emergency')
