import { type FileHandle, open } from 'node:fs/promises'
import type { Plan } from '../../model/plan.ts'
import type { PartResult } from '../../model/run-record.ts'
import { type Collected, Collector } from '../../results/collector.ts'
import { partResults } from '../../results/part-results.ts'
import type { PartFile } from './part-file.ts'

export interface CollectRequest {
  /** The run folder. */
  readonly dir: string
  readonly plan: Plan
  readonly rowsPerStream: Readonly<Record<string, number>>
  readonly parts: number
  readonly files: readonly PartFile[]
}

const chunkBytes = 65_536

interface Source {
  readonly file: FileHandle
  readonly index: number
}

/** Puts together what the parts have brought back, in the order of time: whichever lags behind is read next. */
export const collectParts = async (
  request: CollectRequest,
): Promise<{ readonly collected: Collected; readonly parts: PartResult[] }> => {
  const { files, parts, plan, rowsPerStream } = request
  const collector = new Collector({ ...request, parts: files.length })
  const sources: Source[] = []
  try {
    for (const [index, { path }] of files.entries()) sources.push({ file: await open(path), index })
    await readInTurn(collector, sources)
  } finally {
    await Promise.all(sources.map(({ file }) => file.close()))
  }
  const outputOf = (part: number) => collector.outputs[files.findIndex((one) => one.part === part)]
  const leastRows = Object.values(rowsPerStream).reduce((sum, rows) => sum + Math.floor(rows / parts), 0)
  const whole = { leastRows, durationMs: plan.durationMs }
  const results = () =>
    partResults(
      Array.from({ length: parts }, (_, part) => outputOf(part)),
      whole,
    )
  if (results().every(({ state }) => state === 'ended')) await collector.closeLines()
  return { collected: collector.end(), parts: results() }
}

const readInTurn = async (collector: Collector, sources: readonly Source[]): Promise<void> => {
  const left = new Set(sources)
  const newestMs = ({ index }: Source) => collector.outputs[index]?.newestMs ?? Number.NEGATIVE_INFINITY
  while (left.size > 0) {
    const [next] = [...left].toSorted((a, b) => (newestMs(a) < newestMs(b) ? -1 : 1))
    if (!next) return
    const { buffer, bytesRead } = await next.file.read(Buffer.alloc(chunkBytes), 0, chunkBytes)
    if (bytesRead === 0) left.delete(next)
    else collector.write(buffer.subarray(0, bytesRead), next.index)
  }
}
