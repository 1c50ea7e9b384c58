import { z } from 'zod'

/** How much a system of the twin can do: a request holds one worker for its service time, or waits until one is free. */
export const workersSchema = z.strictObject({
  count: z.number().int().min(1).describe('requests that are served at a time'),
  serviceMs: z.number().positive().describe('mean service time of a request'),
  variationRatio: z
    .number()
    .min(0)
    .max(2)
    .default(0)
    .describe('standard deviation of the service time / its mean, log-normal; 0: all take as long'),
  factors: z
    .record(z.string().regex(/^[A-Z]+ \/\S*$/, 'a method and a route, as in GET /fhir/Slot'), z.number().positive())
    .default({})
    .describe('factor on the service time of one kind of request'),
})
export type Workers = Readonly<z.infer<typeof workersSchema>>
