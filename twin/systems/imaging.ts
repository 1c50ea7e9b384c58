import { dirname, join } from 'node:path'
import type { DefectKind } from '../../model/defect.ts'
import { dueShareOf } from '../defects/due-share.ts'
import { ImageStore } from '../dicomweb/image-store.ts'
import type { Spoiling, Storing } from '../dicomweb/store-images.ts'
import { CommitQueue } from '../store/commit-queue.ts'
import type { SystemOptions } from './system-options.ts'

/** An archive of images as the HTTP layer serves it. */
export interface ImagingSystem {
  readonly name: string
  readonly storing: Storing
  letsIn(): boolean
}

/** What a defect makes of an image. */
const spoilings = { 'lost-instance': 'lost', 'corrupt-pixels': 'corrupted' } as const satisfies Partial<
  Record<DefectKind, Spoiling>
>

/** An image archive: DICOMweb over files and an index. */
export const imaging = (name: string, { path, newId, defects, seed, durability }: SystemOptions): ImagingSystem => {
  const store = new ImageStore(path, join(dirname(path), `${name}-images`), durability)
  const shares = defects.map((defect, index) => ({ kind: defect.kind, due: dueShareOf(defect, seed + index) }))
  const isDue = (kind: DefectKind): boolean => {
    const share = shares.find((one) => one.kind === kind)
    if (!share?.due.next()) return false
    share.due.spend()
    return true
  }
  const spoil = (): Spoiling => {
    if (isDue('lost-instance')) return spoilings['lost-instance']
    return isDue('corrupt-pixels') ? spoilings['corrupt-pixels'] : 'none'
  }
  return {
    name,
    storing: { store, queue: new CommitQueue(store.database), newId, spoil },
    letsIn: () => isDue('open-door'),
  }
}
