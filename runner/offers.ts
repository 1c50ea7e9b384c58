import { z } from 'zod'
import type { DicomwebService } from '../generators/journey-needs.ts'

/** What a server says that it can do, or does when it is asked. */
export type Offers =
  | {
      readonly kind: 'fhir'
      /** `transaction`, `batch`. */
      readonly system: readonly string[]
      /** A type that is not there is not served. */
      readonly types: Readonly<Record<string, TypeOffers>>
    }
  | { readonly kind: 'dicomweb'; readonly services: readonly DicomwebService[] }

/** Absent: the server does not say. */
export interface TypeOffers {
  readonly interactions?: readonly string[] | undefined
  readonly searchedBy?: readonly string[] | undefined
  readonly conditionalCreate?: boolean | undefined
}

const coded = z.array(z.object({ code: z.string() }))

const statementSchema = z.object({
  rest: z
    .array(
      z.object({
        mode: z.string(),
        interaction: coded.optional(),
        resource: z
          .array(
            z.object({
              type: z.string(),
              interaction: coded.optional(),
              searchParam: z.array(z.object({ name: z.string() })).optional(),
              conditionalCreate: z.boolean().optional(),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
})

/** What a CapabilityStatement says (https://hl7.org/fhir/R4/capabilitystatement.html); undefined where it says nothing of a server. */
export const offersOf = (statement: unknown): Offers | undefined => {
  const parsed = statementSchema.safeParse(statement)
  const rest = parsed.data?.rest?.find(({ mode }) => mode === 'server')
  if (!rest?.resource) return undefined
  const types = rest.resource.map(({ type, interaction, searchParam, conditionalCreate }): [string, TypeOffers] => [
    type,
    {
      interactions: interaction?.map(({ code }) => code),
      searchedBy: searchParam?.map(({ name }) => name),
      conditionalCreate,
    },
  ])
  return { kind: 'fhir', system: (rest.interaction ?? []).map(({ code }) => code), types: Object.fromEntries(types) }
}
