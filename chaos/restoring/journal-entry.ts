import { z } from 'zod'
import { experimentKinds } from '../../chaos-mesh/kinds.ts'
import { faultSchema } from '../../model/fault.ts'
import { processMarkSchema } from './process-mark.ts'

/** The kinds that the client of Chaos Mesh makes. */
const kindSchema = z.literal(Object.keys(experimentKinds) as (keyof typeof experimentKinds)[])

const reached = {
  kubeconfig: z
    .string()
    .optional()
    .describe('absolute path, or several as KUBECONFIG has them; absent: as the environment says'),
  context: z.string().optional().describe('absent: the current one'),
  namespace: z.string(),
  name: z.string(),
}

/** An experiment of Chaos Mesh, or what kept other runs away from it, and by whose credentials it is ended. */
const clusterObjectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...reached, kind: kindSchema }),
  z.strictObject({ ...reached, kind: z.literal('Lease'), holder: z.string().describe('it may be another’s by now') }),
])
export type ClusterObject = Readonly<z.infer<typeof clusterObjectSchema>>

const engineSchema = z.string().describe('where it answers, as in DOCKER_HOST: whoever undoes it may have another one')

/** How somebody else ends what a dead run has left. */
export const undoingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('continue'), process: processMarkSchema }).describe('it was stopped by a signal'),
  z.strictObject({ kind: z.literal('end'), process: processMarkSchema }).describe('it makes the fault, or bears it'),
  z
    .strictObject({ kind: z.literal('unpause'), container: z.string(), engine: engineSchema })
    .describe('it was paused by the engine'),
  z
    .strictObject({ kind: z.literal('remove'), container: z.string(), engine: engineSchema })
    .describe('it makes the fault, or bears it'),
  z.strictObject({ kind: z.literal('delete'), object: clusterObjectSchema }).describe('it is the fault'),
])
export type Undoing = Readonly<z.infer<typeof undoingSchema>>
export type UndoingOf<K extends Undoing['kind']> = Extract<Undoing, { kind: K }>

/** One line of a journal, written and flushed to the disk before what it tells is done. Times in Unix ms. */
export const journalEntrySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('opened'),
    schemaVersion: z.literal(1),
    run: z.string(),
    experiment: z.string(),
    target: z.string(),
    owner: processMarkSchema,
    atUnixMs: z.number(),
  }),
  z.strictObject({
    kind: z.literal('started'),
    what: z.string(),
    process: processMarkSchema,
    atUnixMs: z.number(),
  }),
  z.strictObject({ kind: z.literal('made'), folder: z.string(), atUnixMs: z.number() }).describe('goes with the run'),
  z
    .strictObject({ kind: z.literal('contained'), run: z.string(), engine: engineSchema, atUnixMs: z.number() })
    .describe('containers, networks and volumes with the label of this run go with it'),
  z
    .strictObject({ kind: z.literal('removed'), run: z.string(), atUnixMs: z.number() })
    .describe('nothing with that label is left'),
  z.strictObject({
    kind: z.literal('injecting'),
    id: z.string(),
    fault: faultSchema,
    undoings: z.array(undoingSchema).readonly(),
    deadlineUnixMs: z.number().describe('from then on whoever reads this ends it'),
    atUnixMs: z.number(),
  }),
  z.strictObject({
    kind: z.literal('restored'),
    id: z.string(),
    by: z.enum(['run', 'watchdog', 'restore']),
    atUnixMs: z.number(),
  }),
  z.strictObject({ kind: z.literal('closed'), by: z.enum(['run', 'watchdog', 'restore']), atUnixMs: z.number() }),
])
export type JournalEntry = Readonly<z.infer<typeof journalEntrySchema>>
export type JournalEntryOf<K extends JournalEntry['kind']> = Extract<JournalEntry, { kind: K }>
