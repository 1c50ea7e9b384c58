import { z } from 'zod'
import { canonicalName, parseComponent } from './component.ts'

const component = z
  .string()
  .refine((name) => parseComponent(name) !== undefined, {
    error: 'expected a component such as recup, recup#2, recup.store or recup→prescriptions',
  })
  .overwrite(canonicalName)
  .describe('recup, recup#2, recup.store, recup→prescriptions; never an address')

const shareRatio = z
  .number()
  .gt(0)
  .max(1)
  .optional()
  .describe('of the connections, or of the requests where there is a route; absent: all')

const route = z
  .strictObject({
    method: z.string().optional().describe('absent: all'),
    pathPattern: z.string().optional().describe('regular expression on path and query; absent: all'),
  })
  .optional()
  .describe('requests that are hit, one by one; absent: connections are hit, whatever they carry')

const requests = { component, shareRatio, route }

/** Faults of a way into a system, which a proxy makes. */
const linkFaults = [
  z.strictObject({
    kind: z.literal('latency'),
    ...requests,
    delayMs: z.number().positive(),
    jitterMs: z.number().min(0).optional().describe('evenly spread on both sides of the delay; absent: 0'),
  }),
  z.strictObject({ kind: z.literal('partition'), component }),
  z.strictObject({ kind: z.literal('reset'), ...requests }),
  z.strictObject({ kind: z.literal('bandwidth'), component, shareRatio, bytesPerSecond: z.number().positive() }),
  z.strictObject({
    kind: z.literal('slicing'),
    component,
    shareRatio,
    sliceBytes: z.number().int().positive(),
    delayMs: z.number().min(0).describe('between two slices'),
  }),
  z.strictObject({ kind: z.literal('stall-and-reset'), component, shareRatio, stallMs: z.number().positive() }),
  z.strictObject({ kind: z.literal('http-error'), ...requests, status: z.number().int().min(400).max(599) }),
  z.strictObject({ kind: z.literal('slow-body'), ...requests, bytesPerSecond: z.number().positive() }),
  z.strictObject({ kind: z.literal('truncated-body'), ...requests }),
  z.strictObject({ kind: z.literal('altered-body'), ...requests }),
  z.strictObject({ kind: z.literal('expired-certificate'), component }),
  z.strictObject({ kind: z.literal('dns-failure'), component }),
] as const

/** Faults of a process and of the machine below it. */
const processFaults = [
  z.strictObject({ kind: z.literal('kill'), component }),
  z.strictObject({ kind: z.literal('freeze'), component }),
  z.strictObject({ kind: z.literal('rolling-restart'), component, everyMs: z.number().positive() }),
  z.strictObject({ kind: z.literal('cpu-pressure'), component, loadRatio: z.number().gt(0).max(1) }),
  z.strictObject({ kind: z.literal('memory-pressure'), component, sizeBytes: z.number().int().positive() }),
  z.strictObject({ kind: z.literal('clock-skew'), component, offsetMs: z.number().int() }),
] as const

/** Faults of what a system keeps its data in. */
const storageFaults = [
  z.strictObject({ kind: z.literal('read-only-storage'), component }),
  z.strictObject({ kind: z.literal('disk-full'), component }),
  z.strictObject({ kind: z.literal('slow-storage'), component, delayMs: z.number().positive() }),
] as const

/** A kind of failure and what it hits. Data: it prints, it crosses to other processes, and every driver reads the same. */
export const faultSchema = z.discriminatedUnion('kind', [...linkFaults, ...processFaults, ...storageFaults])
export type Fault = Readonly<z.infer<typeof faultSchema>>
export type FaultKind = Fault['kind']
export type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>

/** Kinds that a way into a system bears, and those of what a system keeps its data in; the rest are of processes. */
export const linkFaultKinds = linkFaults.map((schema) => schema.shape.kind.value)
export const storageFaultKinds = storageFaults.map((schema) => schema.shape.kind.value)

export type LinkFault = Readonly<z.infer<(typeof linkFaults)[number]>>
export type ProcessFault = Readonly<z.infer<(typeof processFaults)[number]>>
export type StorageFault = Readonly<z.infer<(typeof storageFaults)[number]>>
