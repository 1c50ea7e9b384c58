import { z } from 'zod'

/** Processor time of each system of the target while the load lasted, or why nobody knows it. */
export const processorTimeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('known'),
    lastsMs: z.number().describe('from the zero of the run to the end of the load'),
    systems: z.array(
      z.strictObject({
        system: z.string(),
        vcpus: z
          .number()
          .describe('provisioned; of a process of the embedded target one (assumption), a balancer before them none'),
        usedMs: z.number().describe('user and system time of all its processes'),
      }),
    ),
  }),
  z.strictObject({ kind: z.literal('not-known'), reason: z.string() }),
])
export type ProcessorTime = Readonly<z.infer<typeof processorTimeSchema>>
