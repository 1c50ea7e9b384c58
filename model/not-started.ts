import { z } from 'zod'

/** Rows of one stream that a run was to start and did not: whoever goes on with the rest knows where. */
export const notStartedSchema = z.strictObject({
  stream: z.string(),
  count: z.number().int().min(1),
  rows: z
    .array(z.tuple([z.number().int(), z.number().int()]))
    .describe('first and last row of each stretch; rows are lines of timetable-<stream>.tsv, from 0'),
  fromDueMs: z.number().describe('when the first of them was due'),
  toDueMs: z.number().describe('when the last of them was due'),
})
export type NotStarted = z.infer<typeof notStartedSchema>
