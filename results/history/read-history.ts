import { z } from 'zod'
import { type HistoryEntry, historyEntrySchema } from '../../model/history-entry.ts'
import { readLines } from '../read-lines.ts'
import { type Likeness, type LikeRuns, likenessOf } from './like-runs.ts'

export interface History {
  /** Those with the latest run first. */
  readonly groups: readonly LikeRuns[]
  /** Lines that are no entry of this version; a torn last line is none of them. */
  readonly unreadableLines: number
}

/** Which runs are wanted, and after which one nothing is. */
export interface Wanted {
  readonly accepts: (run: Likeness) => boolean
  readonly untilId?: string
}

/** Of like runs, so many are kept: those that are shown, and those that the first of these is compared with. */
export const shownRuns = 20
export const comparedRuns = 50

/** All that grouping needs: what is dropped again is not validated. */
const headSchema = z.object(historyEntrySchema.shape).pick({
  id: true,
  scenario: true,
  experiment: true,
  target: true,
  fingerprint: true,
  defects: true,
})

interface Kept {
  readonly lines: string[]
  runs: number
  /** Line number of its latest run. */
  latest: number
}

/** Reads a history line by line; memory grows with kinds of runs, not with runs. Throws the error of the system. */
export const readHistory = async (file: string, { accepts, untilId }: Wanted): Promise<History> => {
  const groups = new Map<string, Kept>()
  let [number, unreadable, isLastTorn] = [0, 0, false]
  for await (const line of readLines(file)) {
    number += 1
    const head = headSchema.safeParse(parsed(line))
    isLastTorn = !head.success
    if (isLastTorn) unreadable += 1
    if (!head.success || !accepts(head.data)) continue
    keep(groups, likenessOf(head.data), { line, number })
    if (head.data.id === untilId) break
  }
  const whole = [...groups.values()].toSorted((a, b) => b.latest - a.latest).map(validated)
  return {
    groups: whole.map(({ likeRuns }) => likeRuns).filter(({ entries }) => entries.length > 0),
    unreadableLines: unreadable - (isLastTorn ? 1 : 0) + whole.reduce((sum, { invalid }) => sum + invalid, 0),
  }
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const keep = (
  groups: Map<string, Kept>,
  key: string,
  { line, number }: { readonly line: string; readonly number: number },
): void => {
  const kept = groups.get(key) ?? { lines: [], runs: 0, latest: 0 }
  groups.set(key, kept)
  kept.lines.push(line)
  if (kept.lines.length > shownRuns + comparedRuns) kept.lines.shift()
  kept.runs += 1
  kept.latest = number
}

const validated = ({ lines, runs }: Kept): { readonly likeRuns: LikeRuns; readonly invalid: number } => {
  const entries: HistoryEntry[] = lines.flatMap((line) => historyEntrySchema.safeParse(parsed(line)).data ?? [])
  const invalid = lines.length - entries.length
  return { likeRuns: { entries, runs: runs - invalid }, invalid }
}
