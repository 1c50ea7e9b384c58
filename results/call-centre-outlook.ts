import { answeredWithin } from '../generators/answered-within.ts'
import { erlangA } from '../generators/erlang-a.ts'
import { erlangC } from '../generators/erlang-c.ts'
import type { CallCentre } from '../generators/palm-chain.ts'
import type { CallCentreOutlook } from '../model/call-centre-outlook.ts'
import { answeringGoals } from '../region/call-centre.ts'
import { volumes } from '../region/volumes.ts'
import { leastWhole } from './least-whole.ts'

/** A call centre as it was measured. */
export interface MeasuredCentre extends CallCentre {
  /** Mean steps of a call. */
  readonly screensPerCall: number
  /** Mean time that a screen took to be answered. */
  readonly responseMs: number
}

/** Response times that planners ask about: assumption. */
const addedMs = [0, 250, 500, 1000, 2000, 5000]

type Goals = CallCentreOutlook['goals']
type WithGoals<Centre> = Centre & { readonly goals: Goals }

const allOperators = volumes.callCentreOperators.value

/** What would become of the calls of a run with other operators and other screens. Some calls, which take some time. */
export const callCentreOutlook = (measured: MeasuredCentre, goals: Goals = answeringGoals.value): CallCentreOutlook => {
  const { arrivalsPerSecond, screensPerCall, responseMs, operators } = measured
  const centre = { ...measured, goals }
  const fullPerHour = capacityPerHour({ ...centre, operators: allOperators })
  return {
    callsPerHour: arrivalsPerSecond * 3600,
    screensPerCall,
    responseMs,
    goals,
    staffing: [operators, allOperators].map((count) => staffing({ ...centre, operators: count })),
    slowerScreens: addedMs.map((added) => slowerScreen(centre, added, fullPerHour)),
  }
}

const staffing = (centre: WithGoals<CallCentre>): CallCentreOutlook['staffing'][number] => {
  const { abandonedRatio, meanWaitMs, busyOperators } = erlangA(centre)
  return {
    operators: centre.operators,
    occupancyRatio: share(busyOperators / centre.operators),
    waitingRatio: share(1 - answeredWithin(centre, 0)),
    meanWaitMs,
    abandonedRatio,
    answeredSoonRatio: share(answeredWithin(centre, centre.goals.soonMs)),
    answeredLateRatio: share(answeredWithin(centre, centre.goals.lateMs)),
    capacityPerHour: capacityPerHour(centre),
  }
}

/** Sums of many probabilities are off by their last digits. */
const share = (ratio: number): number => Math.min(1, Math.max(0, ratio))

const slowerScreen = (
  centre: WithGoals<MeasuredCentre>,
  added: number,
  fullPerHour: number,
): CallCentreOutlook['slowerScreens'][number] => {
  const then = { ...centre, handlingMs: centre.handlingMs + centre.screensPerCall * added }
  return {
    addedMs: added,
    responseMs: centre.responseMs + added,
    handlingMs: then.handlingMs,
    operatorsNeeded: operatorsNeeded(then),
    operatorsNeededErlangC: operatorsNeededErlangC(then),
    capacityPerHour: capacityPerHour({ ...then, operators: allOperators }),
    operatorsNeededAtCapacity: operatorsNeeded({ ...then, arrivalsPerSecond: fullPerHour / 3600 }),
  }
}

const meetsGoals = ({ goals, ...centre }: WithGoals<CallCentre>): boolean =>
  erlangA(centre).abandonedRatio <= goals.abandonedRatio &&
  areAnswered(goals, (withinMs) => answeredWithin(centre, withinMs))

const areAnswered = (
  { soonMs, soonRatio, lateMs, lateRatio }: Goals,
  answeredRatio: (withinMs: number) => number,
): boolean => answeredRatio(soonMs) >= soonRatio && answeredRatio(lateMs) >= lateRatio

const operatorsNeeded = (centre: WithGoals<CallCentre>): number =>
  leastWhole((operators) => meetsGoals({ ...centre, operators }))

const operatorsNeededErlangC = (centre: WithGoals<CallCentre>): number =>
  leastWhole((operators) => areAnswered(centre.goals, erlangC({ ...centre, operators }).answeredWithin))

const capacityPerHour = (centre: WithGoals<CallCentre>): number =>
  leastWhole((calls) => !meetsGoals({ ...centre, arrivalsPerSecond: calls / 3600 })) - 1
