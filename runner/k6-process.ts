import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Plan } from '../model/plan.ts'

export interface K6Options {
  /** Path of the k6 executable. */
  readonly k6: string
  /** Run folder with script.js; k6's messages go to k6.log there. */
  readonly dir: string
  /** What the journeys read: target, namespace, secrets by the names the target gives. */
  readonly env: Readonly<Record<string, string>>
  readonly actors: number
  /** Whether requests or answers have tens of megabytes. */
  readonly hasLargeBodies?: boolean
  /** Which share of the rows and actors it takes, from 0; all of them when absent. */
  readonly segment?: Segment
}

/** One of several processes that share the rows of a plan. */
export interface Segment {
  readonly part: number
  readonly parts: number
}

/** How k6 ended, and its last messages. */
export interface K6Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly lastMessages: string
}

export interface K6Process {
  readonly pid: number
  readonly stdout: Readable
  readonly ended: Promise<K6Ended>
  /** Ends the load now: what is in flight leaves no sample. */
  interrupt(): void
}

/** How k6 is started wherever it runs. Without `--summary-mode` and `--no-thresholds` it keeps every sample in memory. */
export const k6Settings = {
  flags: ['--quiet', '--no-usage-report', '--summary-mode=disabled', '--no-thresholds', '--system-tags='],
  env: {
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
    K6_CSV_TIME_FORMAT: 'unix_micro',
    K6_CSV_SAVE_INTERVAL: '200ms',
    K6_NO_COLOR: 'true',
  },
}

/** Samples to a pipe, and no port for others. */
export const flags = [...k6Settings.flags, '--out=csv=-', '--address=']

/** k6's log of a run that fails is one line a request: keep the first of them. */
const logBytes = 1_000_000

/**
 * Go collects garbage when the heap has grown by this per cent. With few actors the heap is small and would be collected
 * all the time (a fifth of the processor at 20 actors). With many, memory counts: 1,000 actors keep 340 MB alive when they
 * begin, and at 50 per cent grow to 656 MB. In between the timetable counts: 600 actors at 300 rows a second are
 * 8 ms late (p99) at 100 per cent, 17 at 50. Images of full size are most of the heap: every one that is sent or read would be
 * kept five times and more.
 */
export const heapGrowthPercent = ({ actors, hasLargeBodies }: Pick<K6Options, 'actors' | 'hasLargeBodies'>): string => {
  if (hasLargeBodies) return '12'
  if (actors < 200) return '400'
  return actors < 800 ? '100' : '40'
}

/** Whether its requests or answers have tens of megabytes. */
export const hasLargeBodies = ({ imageSize }: Pick<Plan, 'imageSize'>): boolean =>
  imageSize === 'full' || imageSize === 'heavy'

/** Without the whole sequence two processes would not agree on who takes which row. */
export const segmentFlags = ({ part, parts }: Segment): readonly string[] => {
  const bounds = Array.from({ length: parts + 1 }, (_, index) =>
    index === 0 ? '0' : index === parts ? '1' : `${index}/${parts}`,
  )
  return [`--execution-segment=${bounds[part]}:${bounds[part + 1]}`, `--execution-segment-sequence=${bounds.join(',')}`]
}

/** Starts k6 on a run folder. It gets the PATH and HOME of this process and nothing else of its environment. */
export const startK6 = (options: K6Options): K6Process => {
  const { k6, dir, env, segment } = options
  const child = spawn(k6, ['run', ...flags, ...(segment ? segmentFlags(segment) : []), 'script.js'], {
    cwd: dir,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      GOGC: heapGrowthPercent(options),
      ...k6Settings.env,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A terminal's Ctrl-C must not reach k6: it is interrupted when the faults are restored.
    detached: true,
  })
  const messages = keepMessages(child, join(dir, segment ? `k6-${segment.part + 1}.log` : 'k6.log'))
  return {
    pid: child.pid ?? 0,
    stdout: child.stdout,
    ended: new Promise((resolve) => {
      // It cannot be started, for instance: nobody may be awaiting this yet, so it is an end like others.
      child.once('error', ({ message }) => resolve({ code: null, signal: null, lastMessages: message }))
      child.once('close', (code, signal) => resolve({ code, signal, lastMessages: messages() }))
    }),
    interrupt: () => child.kill('SIGINT'),
  }
}

const keepMessages = (child: ChildProcessByStdio<null, Readable, Readable>, file: string): (() => string) => {
  // On a full disk the messages are lost; the samples, which are written to the same disk, end the run.
  const log = createWriteStream(file).on('error', () => {})
  let last = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (log.bytesWritten < logBytes) log.write(text)
    last = (last + text).slice(-2000)
  })
  child.stderr.on('end', () => log.end())
  return () => last
}
