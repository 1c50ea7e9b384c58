import { stepName, stepsOf } from '../../generators/journey-steps.ts'
import { type Rng, rngOf } from '../../generators/rng.ts'
import type { ArrivingStream, Scenario } from '../../model/scenario.ts'
import { episodeTimetable } from '../../planner/episode-timetable.ts'
import { isEpisodic } from '../../planner/episodic.ts'
import { People } from '../../planner/people.ts'
import { type RunClock, runClock } from '../../planner/run-clock.ts'
import { streamCurves } from '../../planner/stream-curves.ts'
import { patientsPerStream } from '../../planner/stream-patients.ts'
import { streamTimetable } from '../../planner/stream-timetable.ts'
import { arrivalTests, type Tested } from './arrival-tests.ts'
import { picture } from './picture.ts'
import { episodeTests, mixTests, peopleTests, studyTests } from './share-tests.ts'

/** What a drawn day of a stream looks like beside the model. */
export interface StreamReport {
  readonly stream: string
  readonly arrivals: number
  readonly tests: readonly Tested[]
  readonly drawn: string
  readonly expected: string
}

const day = { fromMs: 0, toMs: 86_400_000, fullVolume: false, scale: {} }
/** So many are looked at: enough to see a share that is a hundredth off. */
const mostPeople = 10_000

interface DrawnDay {
  readonly arrivalsMs: readonly number[]
  readonly tests: readonly Tested[]
  readonly among: 'residents' | 'emergency'
}

/** Draws a day of a stream as a plan of this seed would, and tests it against the model it is drawn from. */
export const streamReport = (scenario: Scenario, spec: ArrivingStream, seed: number): StreamReport => {
  const clock = runClock(scenario, { ...day, day: 'weekday' })
  const rng = rngOf(seed).split('streams').split(spec.name)
  const { arrivalsMs, tests, among } = isEpisodic(spec) ? episodeDay(rng, spec, clock) : rowDay(rng, spec, clock)
  const { expected, realised } = streamCurves(rng, spec, clock)
  const [drawnLine, expectedLine] = picture(arrivalsMs, expected, { fromMs: clock.warmUpMs, toMs: clock.durationMs })
  const people = new People(seed, 'marked')
  const first = scenario.streams.indexOf(spec) * patientsPerStream
  const looked = Array.from({ length: Math.min(mostPeople, arrivalsMs.length) }, (_, index) =>
    people.of(first + index, among),
  )
  return {
    stream: spec.name,
    arrivals: arrivalsMs.length,
    tests: [...arrivalTests(arrivalsMs, realised, clock), ...tests, ...peopleTests(looked, among)],
    drawn: drawnLine,
    expected: expectedLine,
  }
}

/** Who comes again, or was there before the day began, is no new arrival. */
const rowDay = (rng: Rng, spec: ArrivingStream, clock: RunClock): DrawnDay => {
  const { rows } = streamTimetable(rng, { ...spec, pool: { kind: 'population' } }, clock)
  const seen = new Set<number>()
  const first = rows.filter(({ subject }) => !seen.has(subject) && seen.add(subject))
  const arrived = first.filter(
    ({ dueMs, journey, step, seed }) =>
      dueMs >= clock.warmUpMs && step === stepName(stepsOf(seed, journey, spec.channel), 0),
  )
  return {
    arrivalsMs: arrived.map(({ dueMs }) => dueMs),
    tests: [...mixTests(arrived, spec), ...studyTests(arrived)],
    among: 'residents',
  }
}

const episodeDay = (rng: Rng, spec: ArrivingStream, clock: RunClock): DrawnDay => {
  const { rows, episodes } = episodeTimetable(rng, spec, { clock })
  const arrived = rows.filter(({ dueMs, step }) => dueMs >= clock.warmUpMs && step.startsWith('register'))
  return {
    arrivalsMs: arrived.map(({ dueMs }) => dueMs),
    tests: episodeTests(episodes),
    among: 'emergency',
  }
}
