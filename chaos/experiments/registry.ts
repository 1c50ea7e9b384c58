import type { Experiment } from '../../model/experiment.ts'
import { slowDatabase } from './slow-database.ts'

/** Every experiment, by name. */
export const experiments: readonly Experiment[] = [slowDatabase]
