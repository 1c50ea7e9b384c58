import { z } from 'zod'

/** A named stretch of a run, on the run's clock (ms since T0). Gates judge `steady`; they pass over warm-up and drain. `relief`: less load, when users are not well again. */
export const phaseSchema = z.strictObject({
  name: z.enum(['warm-up', 'steady', 'fault', 'recovery', 'after', 'relief', 'drain']),
  fromMs: z.number(),
  toMs: z.number(),
  loadRatio: z
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .describe('of those who arrive by themselves, emergencies apart; absent: all'),
})
export type Phase = Readonly<z.infer<typeof phaseSchema>>
export type PhaseName = Phase['name']

/**
 * Where a step is counted: the phase in which it was sent; `crossing`, where it was sent before a fault and was under way when that
 * began: it saw both, and says nothing of either.
 */
export const stepPlaces = [...phaseSchema.shape.name.options, 'crossing'] as const
export type StepPlace = (typeof stepPlaces)[number]
