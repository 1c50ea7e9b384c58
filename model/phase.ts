import { z } from 'zod'

/** A named stretch of a run, on the run's clock (ms since T0). Gates judge `steady`; they pass over warm-up and drain. */
export const phaseSchema = z.strictObject({
  name: z.enum(['warm-up', 'steady', 'fault', 'recovery', 'after', 'drain']),
  fromMs: z.number(),
  toMs: z.number(),
})
export type Phase = Readonly<z.infer<typeof phaseSchema>>
export type PhaseName = Phase['name']
