import { SharedArray } from 'k6/data'
import { streams } from './settings.ts'

/** Lines of one file among those of all. */
export interface Span {
  readonly from: number
  readonly count: number
}

/** The two files of a stream. */
export interface StreamSpans {
  readonly rows: Span
  readonly subjects: Span
}

/**
 * Lines of the files of all streams, behind one that tells where those of each are. One array and not two for each stream:
 * actors share what is in it, but each has a handle of its own.
 */
const lines: readonly string[] = new SharedArray('lines', () => {
  const all = ['']
  const take = (file: string): Span => {
    const from = all.length
    for (const line of open(`./${file}`).split('\n')) if (line !== '') all.push(line)
    return { from, count: all.length - from }
  }
  const spans = streams.map(({ name }) => ({
    rows: take(`timetable-${name}.tsv`),
    subjects: take(`subjects-${name}.tsv`),
  }))
  all[0] = JSON.stringify(spans)
  return all
})

/** Where the lines of each stream are, by its ordinal. */
export const streamSpans = (): readonly StreamSpans[] => JSON.parse(lines[0] ?? '[]')

/** Empty for a line that the file has not got. */
export const lineOf = ({ from, count }: Span, index: number): string =>
  index >= 0 && index < count ? (lines[from + index] ?? '') : ''
