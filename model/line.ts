import { z } from 'zod'

/** What lies between those who use a system and the system. */
export const lineSchema = z.strictObject({
  roundTripMs: z.number().positive().describe('that each answer takes longer'),
  bytesPerSecond: z.number().positive().describe('of each connection, each way'),
})
export type Line = Readonly<z.infer<typeof lineSchema>>
