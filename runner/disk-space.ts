import { statfs } from 'node:fs/promises'
import { Failure } from '../model/failure.ts'
import type { Plan } from '../model/plan.ts'

/** The twin keeps bytes as base64 in JSON; its databases and the run folder need room besides. */
const keptRatio = 4 / 3
const roomBytes = 300_000_000

/** Of an image besides its pixels: header, index, and what a file wastes of its last block. */
const besidePixelsBytes = 3000

/** What a plan's documents and images take on the disk of the twin. */
export const twinBytes = ({ dataset, totals }: Pick<Plan, 'dataset' | 'totals'>): number =>
  (dataset.documentBytes + (totals['bytes']?.drawn ?? 0)) * keptRatio +
  dataset.imageBytes +
  (totals['imageBytes']?.drawn ?? 0) +
  (totals['movedBytes']?.drawn ?? 0) +
  (totals['images']?.drawn ?? 0) * besidePixelsBytes +
  roomBytes

/** Refuses a run whose twin would fill the disk. Throws a usage Failure. */
export const mustFitOnDisk = async (dir: string, plan: Plan): Promise<void> => {
  const { bavail, bsize } = await statfs(dir)
  const freeBytes = bavail * bsize
  const wantedBytes = twinBytes(plan)
  if (wantedBytes <= freeBytes) return
  throw new Failure(
    'usage',
    `expected ${inGigabytes(wantedBytes)} free for the documents and images of the twin, got ${inGigabytes(freeBytes)}`,
    'free some space, shorten the slice, lower --scale, or, where there are images, choose --image-size small',
  )
}

const inGigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`
