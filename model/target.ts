import { z } from 'zod'
import { chaosMeshTargetSchema } from './chaos-mesh-target.ts'
import { metricGateSchema } from './gate.ts'
import { systemNames } from './system.ts'
import { workersSchema } from './workers.ts'

export const environments = ['embedded', 'development', 'staging', 'production'] as const
export type Environment = (typeof environments)[number]

const envName = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'the NAME of an environment variable, never the secret itself')

const authSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('bearer'), tokenEnv: envName }),
  z.strictObject({
    kind: z.literal('client-credentials'),
    tokenUrl: z.url(),
    clientIdEnv: envName,
    clientSecretEnv: envName,
  }),
])

const tlsSchema = z
  .strictObject({
    caFile: z.string().optional().describe('authorities that are trusted beside those that everybody trusts'),
    certFile: z.string().optional().describe('what collaudo shows to servers that ask who it is'),
    keyFile: z.string().optional().describe('its private key, without a passphrase'),
  })
  .refine(
    ({ certFile, keyFile }) => (certFile === undefined) === (keyFile === undefined),
    'certFile and keyFile, or none',
  )

const proxySchema = z
  .url()
  .refine((url) => /^https?:\/\/[^@]+$/.test(url), 'an http or https address without credentials')

/** What collaudo sends by itself cannot be said again. */
const ownHeaders = ['accept', 'authorization', 'connection', 'content-length', 'content-type', 'host', 'traceparent']

const isForeign = (name: string): boolean => /^[A-Za-z0-9-]+$/.test(name) && !ownHeaders.includes(name.toLowerCase())

const headersSchema = z
  .record(z.string(), envName)
  .refine((headers) => Object.keys(headers).every(isForeign), 'names of headers that collaudo does not send by itself')

/** Where the systems are and what may be done to them: one YAML file in `targets/`. Never holds a secret. */
export const targetSchema = z.strictObject({
  schemaVersion: z.literal(1),
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  environment: z.enum(environments),
  allowedHosts: z.array(z.string()).min(1).describe('hosts that may receive load; any other is refused with exit 4'),
  allows: z
    .array(z.enum(['hostile-traffic']))
    .default([])
    .describe('what is refused unless it is named here: scenarios that attack'),
  fiscalCodes: z.enum(['marked', 'invalid', 'valid']).default('marked'),
  adapter: z.enum(['fhir-r4']).default('fhir-r4'),
  consistencyWithinMs: z
    .number()
    .int()
    .min(0)
    .default(5000)
    .describe('an acknowledged write must be visible within this time'),
  requestTimeoutMs: z.number().int().positive().default(10_000),
  holdTtlMs: z
    .number()
    .int()
    .positive()
    .default(300_000)
    .describe('a hold that nobody has booked for so long is given back by a job of ours; five minutes: assumption'),
  tokenLeewayMs: z
    .number()
    .int()
    .min(0)
    .default(60_000)
    .describe('how long after its end a token may still be taken: servers allow for clocks that differ'),
  systems: z.strictObject({
    recup: z.strictObject({ baseUrl: z.url() }).optional(),
    prescriptions: z
      .strictObject({ baseUrl: z.url() })
      .optional()
      .describe('where prescriptions are loaded; absent: they go to recup itself'),
    emergency: z.strictObject({ baseUrl: z.url() }).optional().describe('the emergency departments'),
    reports: z.strictObject({ baseUrl: z.url() }).optional().describe('the documents of the health record'),
    imaging: z
      .strictObject({ baseUrl: z.url() })
      .optional()
      .describe('the image archive: base of its DICOMweb services'),
    archive: z
      .strictObject({ baseUrl: z.url() })
      .optional()
      .describe('the image archive that is left behind: only migration-cutover uses it'),
    telemedicine: z.strictObject({ baseUrl: z.url() }).optional().describe('televisits and measurements at home'),
  }),
  auth: authSchema.default({ kind: 'none' }),
  tls: tlsSchema.optional().describe('PEM files, found from the folder of this one'),
  proxy: proxySchema
    .optional()
    .describe(
      'an HTTP proxy for its systems and its token endpoint, whose host must be allowed too; loopback is never asked for through it by k6, and Prometheus by nobody',
    ),
  retries: z
    .strictObject({ times: z.number().int().min(0).max(10), afterMs: z.number().int().min(0) })
    .default({ times: 0, afterMs: 1000 })
    .describe(
      'how often loading, reading back and cleaning ask again where they were answered 429, 502, 503, 504 or not at all, within requestTimeoutMs; journeys never do: who is refused has a failed step',
    ),
  headers: headersSchema
    .default({})
    .describe('sent with every request to its systems, each with the value of a variable'),
  prometheus: z
    .strictObject({
      baseUrl: z.url(),
      tokenEnv: envName.optional(),
      gates: z
        .array(metricGateSchema)
        .refine((gates) => new Set(gates.map(({ name }) => name)).size === gates.length, 'gates of different names')
        .default([]),
      processors: z
        .partialRecord(
          z.enum(systemNames),
          z.strictObject({
            usedSeconds: z.string().min(1).describe('PromQL: processor time used over $range, the length of the load'),
            vcpus: z.string().min(1).describe('PromQL: virtual processors that are provisioned'),
          }),
        )
        .default({})
        .describe('what each system costs, by its own metrics; absent: not known'),
    })
    .optional()
    .describe('where the target’s own metrics are asked for once the load is over, and what they must be'),
  chaosMesh: chaosMeshTargetSchema
    .optional()
    .describe('how experiments break it, where it runs on Kubernetes with Chaos Mesh'),
})
export type Target = z.infer<typeof targetSchema>
export type TargetAuth = Target['auth']
export type TargetTls = NonNullable<Target['tls']>

const embedded = {
  schemaVersion: z.literal(1),
  environment: z.literal('embedded'),
  fiscalCodes: z.enum(['marked', 'invalid', 'valid']).default('marked'),
  workers: z
    .partialRecord(z.enum(systemNames), workersSchema)
    .optional()
    .describe('systems that can do only so much, each of their processes; absent: as much as this machine'),
}

/** The twin, started and stopped by collaudo itself, as processes or in containers, so its addresses are known only then. */
export const embeddedTargetSchema = z.discriminatedUnion('name', [
  z.strictObject({ ...embedded, name: z.literal('embedded') }),
  z.strictObject({
    ...embedded,
    name: z.literal('containers'),
    image: z
      .string()
      .min(1)
      .optional()
      .describe("absent: built from this machine's files when there is none of them yet"),
  }),
])
