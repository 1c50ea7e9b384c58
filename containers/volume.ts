import { asked } from './asked.ts'
import type { Engine } from './engine.ts'
import { nameOf, runLabel } from './labels.ts'

/** What a volume holds at most; one without a limit lies on the engine's own disk. */
export interface VolumeOptions {
  readonly what: string
  /** In memory, and gone when no container has it any more. */
  readonly limitBytes?: number | undefined
}

/** Makes a volume of a run; resolves to its name. */
export const makeVolume = async (
  { container }: Engine,
  run: string,
  { what, limitBytes }: VolumeOptions,
): Promise<string> => {
  const name = nameOf(run, what)
  const limited = limitBytes !== undefined && {
    DriverOpts: { type: 'tmpfs', device: 'tmpfs', o: `size=${limitBytes}` },
  }
  const made = container.dockerode.createVolume({ Name: name, Labels: { [runLabel]: run }, ...limited })
  await asked('make a volume', made)
  return name
}
