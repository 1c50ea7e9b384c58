import type { SafeExperiment } from '../../../chaos-mesh/manifest.ts'
import { isManifest } from '../../../chaos-mesh/problems-of.ts'
import { recording } from './recording.ts'

/** What was asked for then, with the duration that this client demands, and without the one that it refuses. */
export const requestOf = (name: string, labels?: Readonly<Record<string, string>>): SafeExperiment => {
  const { spec, metadata, ...request } = recording(name).request
  const { duration = '60s', ...rest } = spec
  const isOneShot = spec['action'] === 'pod-kill' || spec['action'] === 'container-kill'
  const manifest: unknown = {
    ...request,
    metadata: { ...metadata, ...(labels && { labels }) },
    spec: isOneShot ? rest : { ...rest, duration },
  }
  if (!isManifest(manifest) || manifest.kind === 'Schedule') throw new Error(`expected an experiment, got ${name}`)
  // It has a duration, or is one-shot.
  return manifest as SafeExperiment
}
