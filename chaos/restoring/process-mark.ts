import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** One process among all that ever had its number: ids are used again. */
export const processMarkSchema = z.strictObject({
  pid: z.number().int().positive(),
  startedAt: z.string().describe('as the system tells it; equal for the same process only'),
})
export type ProcessMark = Readonly<z.infer<typeof processMarkSchema>>

/** The mark of a process; undefined when there is none with this id, or only its remains. */
export const markOf = (pid: number): ProcessMark | undefined => {
  const startedAt = process.platform === 'linux' ? startTicks(pid) : startDate(pid)
  return startedAt === undefined ? undefined : { pid, startedAt }
}

/** Whether this very process is still there. */
export const isThere = (mark: ProcessMark): boolean => markOf(mark.pid)?.startedAt === mark.startedAt

/** Sends a signal to this very process; false when it is gone. */
export const signalProcess = (mark: ProcessMark, signal: NodeJS.Signals): boolean => {
  if (!isThere(mark)) return false
  try {
    return process.kill(mark.pid, signal)
  } catch {
    return false
  }
}

/** State of a process as the kernel calls it: R, S, T (stopped), Z; empty where it is not told. */
export const processState = (pid: number): string => statFields(pid)?.[0] ?? ''

/** After the command name, which may hold spaces and brackets: state, ppid, … starttime is the 22nd field of all. */
const statFields = (pid: number): readonly string[] | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

const startTicks = (pid: number): string | undefined => {
  const fields = statFields(pid)
  return fields && fields[0] !== 'Z' ? fields[19] : undefined
}

const startDate = (pid: number): string | undefined => {
  try {
    const [state, ...date] = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(/\s+/)
    return state?.startsWith('Z') ? undefined : date.join(' ')
  } catch {
    return undefined
  }
}
