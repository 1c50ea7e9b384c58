import { stringify } from 'yaml'
import type { SafeExperiment } from '../../../chaos-mesh/manifest.ts'

/** Manifests as one YAML text of several documents, which `kubectl apply -f -` takes. */
export const toYaml = (manifests: readonly SafeExperiment[]): string =>
  manifests.map((manifest) => stringify(manifest, { lineWidth: 0 })).join('---\n')
