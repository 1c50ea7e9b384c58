import { stringify } from 'yaml'
import type { SafeExperiment } from '../../../chaos-mesh/manifest.ts'

/** kubectl reads YAML 1.1, where `on` and `1_000` are no texts. */
const options = { lineWidth: 0, compat: 'yaml-1.1' } as const

/** Manifests as one YAML text of several documents, which `kubectl apply -f -` takes. */
export const toYaml = (manifests: readonly SafeExperiment[]): string =>
  manifests.map((manifest) => stringify(manifest, options)).join('---\n')
