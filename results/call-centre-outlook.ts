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

const goals = answeringGoals.value
const allOperators = volumes.callCentreOperators.value

/** What would become of the calls of a run with other operators and other screens. Some calls, which take some time. */
export const callCentreOutlook = (centre: MeasuredCentre): CallCentreOutlook => {
  const { arrivalsPerSecond, screensPerCall, responseMs, operators } = centre
  const fullPerHour = capacityPerHour({ ...centre, operators: allOperators })
  return {
    callsPerHour: arrivalsPerSecond * 3600,
    screensPerCall,
    responseMs,
    goals: { ...goals },
    staffing: [operators, allOperators].map((count) => staffing({ ...centre, operators: count })),
    slowerScreens: addedMs.map((added) => slowerScreen(centre, added, fullPerHour)),
  }
}

const staffing = (centre: CallCentre): CallCentreOutlook['staffing'][number] => {
  const { abandonedRatio, meanWaitMs, busyOperators } = erlangA(centre)
  return {
    operators: centre.operators,
    occupancyRatio: share(busyOperators / centre.operators),
    waitingRatio: share(1 - answeredWithin(centre, 0)),
    meanWaitMs,
    abandonedRatio,
    answeredSoonRatio: share(answeredWithin(centre, goals.soonMs)),
    answeredLateRatio: share(answeredWithin(centre, goals.lateMs)),
    capacityPerHour: capacityPerHour(centre),
  }
}

/** Sums of many probabilities are off by their last digits. */
const share = (ratio: number): number => Math.min(1, Math.max(0, ratio))

const slowerScreen = (
  centre: MeasuredCentre,
  added: number,
  fullPerHour: number,
): CallCentreOutlook['slowerScreens'][number] => {
  const then = { ...centre, handlingMs: centre.handlingMs + centre.screensPerCall * added }
  return {
    addedMs: added,
    responseMs: centre.responseMs + added,
    handlingMs: then.handlingMs,
    operatorsNeeded: operatorsNeeded(then),
    operatorsNeededErlangC: leastWhole((operators) => meetsGoalsErlangC({ ...then, operators })),
    capacityPerHour: capacityPerHour({ ...then, operators: allOperators }),
    operatorsNeededAtCapacity: operatorsNeeded({ ...then, arrivalsPerSecond: fullPerHour / 3600 }),
  }
}

const meetsGoals = (centre: CallCentre): boolean =>
  erlangA(centre).abandonedRatio <= goals.abandonedRatio &&
  answeredWithin(centre, goals.soonMs) >= goals.soonRatio &&
  answeredWithin(centre, goals.lateMs) >= goals.lateRatio

const meetsGoalsErlangC = (centre: CallCentre): boolean => {
  const patient = erlangC(centre)
  return (
    patient.answeredWithin(goals.soonMs) >= goals.soonRatio && patient.answeredWithin(goals.lateMs) >= goals.lateRatio
  )
}

const operatorsNeeded = (centre: CallCentre): number => leastWhole((operators) => meetsGoals({ ...centre, operators }))

const capacityPerHour = (centre: CallCentre): number =>
  leastWhole((calls) => !meetsGoals({ ...centre, arrivalsPerSecond: calls / 3600 })) - 1
