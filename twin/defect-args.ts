import type { DefectKind } from '../model/defect.ts'
import type { TwinOptions } from './twin-options.ts'

/** The command line of a process that some defects spoil: those of `kinds`, or all. */
export const defectArgs = (
  { defects, seed = 0 }: Pick<TwinOptions, 'defects' | 'seed'>,
  kinds?: readonly DefectKind[],
): readonly string[] => [
  '--seed',
  String(seed),
  ...defects
    .filter(({ kind }) => kinds === undefined || kinds.includes(kind))
    .flatMap(({ kind, shareRatio }) => ['--defect', `${kind}=${shareRatio}`]),
]
