import { decodeSample } from '../generators/sample-codec.ts'
import { Failure } from '../model/failure.ts'
import type { JourneyOutcome } from '../model/outcome.ts'
import type { PlannedStream } from '../model/plan.ts'
import type { Sample, StepDone } from '../model/sample.ts'
import type { Action } from '../model/scenario.ts'
import { startK6 } from './k6-process.ts'

export interface SmokeRequest {
  readonly k6: string
  readonly dir: string
  readonly env: Readonly<Record<string, string>>
  readonly streams: readonly PlannedStream[]
  readonly signal: AbortSignal
  /** Told the process of k6. */
  readonly onStarted?: ((pid: number) => void) | undefined
}

/** Walks one row of every journey of every stream, without pauses, so that a broken journey is told in seconds. Throws a Failure naming each step that went wrong. */
export const smoke = async ({ k6, dir, env, streams, signal, onStarted }: SmokeRequest): Promise<void> => {
  const process = startK6({ k6, dir, actors: streams.length, env: { ...env, COLLAUDO_SMOKE: '1' } })
  onStarted?.(process.pid)
  const stop = () => process.interrupt()
  signal.addEventListener('abort', stop, { once: true })
  let output = ''
  for await (const chunk of process.stdout) output += chunk
  const { code, lastMessages } = await process.ended
  signal.removeEventListener('abort', stop)
  signal.throwIfAborted()
  if (code !== 0) throw crashed(lastMessages)
  const problems = problemsOf(samplesOf(output), streams)
  if (problems.length > 0) {
    throw new Failure(
      'crashed',
      `expected one row of every journey to be done\n${problems.join('\n')}`,
      `look at k6.log in ${dir}`,
    )
  }
}

const crashed = (lastMessages: string): Failure =>
  new Failure(
    'crashed',
    `expected k6 to run the journeys, got\n${lastMessages.trim().split('\n').slice(-3).join('\n')}`,
    'collaudo doctor',
  )

const samplesOf = (output: string): readonly Sample[] =>
  [...output.matchAll(/^collaudo,.*,c=(\S+)$/gm)].map(([, encoded = '']) => decodeSample(encoded).sample)

const problemsOf = (samples: readonly Sample[], streams: readonly PlannedStream[]): readonly string[] =>
  streams.flatMap(({ name, actions }) =>
    actions.flatMap(({ action }) => {
      const own = samples.filter((sample) => 'stream' in sample && sample.stream === name)
      const end = own.find((sample) => sample.kind === 'end' && sample.journey === action)
      if (end?.kind === 'end' && soundEndings(action).includes(end.outcome)) return []
      const failed = own.filter(
        (sample): sample is StepDone => sample.kind === 'step' && sample.journey === action && sample.outcome !== 'ok',
      )
      return [`${name}, ${action}: ${end?.kind === 'end' ? end.outcome : 'no end'} ${failed.map(describe).join('; ')}`]
    }),
  )

/** Everybody gets what they came for, or leaves; an attack may end in any way: whether it should is for the gates. */
const soundEndings = (action: Action): readonly JourneyOutcome[] =>
  action === 'attack' ? ['refused', 'declined', 'done', 'failed'] : ['done', 'declined']

const describe = ({ step, outcome, evidence }: StepDone): string =>
  `${step} ${outcome} ${evidence ? `${evidence.status} ${evidence.body.replace(/\s+/g, ' ').slice(0, 120)}` : ''}`.trim()
