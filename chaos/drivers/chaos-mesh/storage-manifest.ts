import { type IOFault, ioChaos } from '../../../chaos-mesh/builders/io-chaos.ts'
import type { SafeExperiment } from '../../../chaos-mesh/manifest.ts'
import type { IOMethod } from '../../../chaos-mesh/schemas/io-chaos.ts'
import type { StorageFault } from '../../../model/fault.ts'
import type { Making } from './making.ts'

/** Error numbers of Linux. */
const noSpace = 28
const readOnly = 30

const writing = ['write', 'create', 'mkdir', 'mknod', 'symlink', 'link'] as const satisfies readonly IOMethod[]
const changing = [...writing, 'unlink', 'rmdir', 'rename', 'setattr', 'setxattr', 'removexattr'] as const
const waiting = ['read', 'write', 'fsync', 'flush'] as const satisfies readonly IOMethod[]

/** What happens to operations on the files of a store; a reason where the target does not say where they are. */
export const storageManifest = (fault: StorageFault, making: Making): SafeExperiment | string => {
  const { name, namespace, labels, durationMs, place } = making
  const { volumePath, container } = place.component
  if (volumePath === undefined) {
    return `expected chaosMesh.components.${place.name}.volumePath, where its volume is mounted, got none`
  }
  return ioChaos({
    name,
    namespace,
    ...(labels && { labels }),
    selector: place.selector,
    mode: place.mode,
    durationMs,
    volumePath,
    ...(container !== undefined && { containerNames: [container] }),
    ...operationsOf(fault),
  })
}

const operationsOf = (fault: StorageFault): { readonly fault: IOFault; readonly methods: readonly IOMethod[] } => {
  switch (fault.kind) {
    case 'read-only-storage':
      return { fault: { kind: 'fault', errno: readOnly }, methods: changing }
    case 'disk-full':
      return { fault: { kind: 'fault', errno: noSpace }, methods: writing }
    case 'slow-storage':
      return { fault: { kind: 'latency', delayMs: fault.delayMs }, methods: waiting }
  }
}
