import type { FhirResource } from 'fhir/r4.js'
import type { FhirClient } from '../clients/fhir-client.ts'

/** What reconciliation needs of a FHIR client. */
export type Searcher = Pick<FhirClient, 'search' | 'get'>

/** So that a URL stays below the 8 KB that common servers take, a long token besides. */
const valuesPerSearch = 50

/** Largest page that common servers give. */
const pageSize = 200

/** All resources whose parameter (`Slot?_id`) has one of the values. Rejects when the target does not answer. */
export const searchValues = async (
  client: Searcher,
  parameter: string,
  values: readonly string[],
): Promise<FhirResource[]> => {
  const resources: FhirResource[] = []
  for (let from = 0; from < values.length; from += valuesPerSearch) {
    const some = values.slice(from, from + valuesPerSearch)
    const query = `${parameter}=${some.map(encodeURIComponent).join(',')}&_count=${pageSize}`
    for await (const resource of client.search(query)) resources.push(resource)
  }
  return resources
}

export const withPrefix = (prefix: string, values: readonly string[]): readonly string[] =>
  values.map((value) => prefix + value)
export const withSystem = (system: string, values: readonly string[]): readonly string[] =>
  withPrefix(`${system}|`, values)
