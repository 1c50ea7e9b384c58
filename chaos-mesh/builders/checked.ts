import { invalidManifest } from '../chaos-mesh-error.ts'
import type { Manifest } from '../manifest.ts'
import { problemsOf } from '../problems-of.ts'

/** The manifest itself; throws an `invalid-manifest` ChaosMeshError with all its problems. */
export const checked = <M extends Manifest>(manifest: M): M => {
  const problems = problemsOf(manifest)
  if (problems.length > 0) throw invalidManifest(manifest.metadata.name, problems)
  return manifest
}
