import { namespacesOf } from '../place.ts'
import type { Preflight } from '../preflight.ts'
import type { Finding } from './finding.ts'

const annotation = 'chaos-mesh.org/inject'

/** Namespaces that a controller with a filter passes over without a word: a selector finds nothing in them. */
export const namespaceFindings = async (
  { cluster, planned }: Preflight,
  isFiltered: boolean,
): Promise<readonly Finding[]> => {
  if (!isFiltered) return []
  const names = [...new Set(planned.flatMap(({ place }) => namespacesOf(place)))]
  const found = await Promise.all(names.map((name) => cluster.namespace(name)))
  return names
    .filter((_, index) => found[index]?.metadata.annotations?.[annotation] !== 'enabled')
    .map((name) => ({
      kind: 'missing',
      message: `expected the annotation ${annotation}=enabled on the namespace ${name}, which Chaos Mesh asks for, got none`,
      hint: `kubectl annotate namespace ${name} ${annotation}=enabled, when its owners have agreed`,
    }))
}
