import { setTimeout as sleep } from 'node:timers/promises'
import type { Split } from '../../model/split.ts'
import { findParts, hasEnded, type PartFile } from './part-file.ts'

export interface AwaitRequest {
  readonly split: Split
  /** Where they bring their results. */
  readonly dirs: readonly string[]
  readonly signal: AbortSignal
  readonly tell: (text: string) => void
}

/** How late a part may be that reads its target's clock and writes its last samples. */
const graceMs = 30_000
const lookEveryMs = 2000

/** Waits until every part has told its end, at most until the time when all must have; resolves to the files there are. */
export const awaitParts = async ({ split, dirs, signal, tell }: AwaitRequest): Promise<readonly PartFile[]> => {
  for (;;) {
    const files = await findParts(dirs, split)
    const ended = await Promise.all(files.map(async ({ path, part }) => ((await hasEnded(path)) ? [part] : [])))
    const open = Array.from({ length: split.parts }, (_, part) => part).filter((part) => !ended.flat().includes(part))
    const leftMs = split.endsUnixMs + graceMs - Date.now()
    if (open.length === 0 || leftMs <= 0 || signal.aborted) return files
    tell(`merge     waits for part ${open.map((part) => part + 1).join(', ')}: ${Math.ceil(leftMs / 1000)} s at most`)
    await sleep(Math.min(lookEveryMs, leftMs), undefined, { signal }).catch(() => {})
  }
}
