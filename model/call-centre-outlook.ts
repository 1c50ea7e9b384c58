import { z } from 'zod'

const ratio = z.number().min(0).max(1)

const staffingSchema = z
  .strictObject({
    operators: z.number().int(),
    occupancyRatio: ratio.describe('busy operators / operators'),
    waitingRatio: ratio.describe('calls that find every operator busy / calls'),
    meanWaitMs: z.number().describe('of all calls, those given up too'),
    abandonedRatio: ratio.describe('calls given up / calls'),
    answeredSoonRatio: ratio.describe('calls answered within goals.soonMs / calls, those given up too'),
    answeredLateRatio: ratio.describe('calls answered within goals.lateMs / calls, those given up too'),
    capacityPerHour: z.number().int().describe('calls an hour at most with which every goal is met'),
  })
  .describe('the calls of the run, before so many operators (Erlang A)')

const slowerScreenSchema = z.strictObject({
  addedMs: z.number().describe('on top of what was measured, on each screen of a call'),
  responseMs: z.number().describe('mean of a screen then'),
  handlingMs: z.number().describe('mean of a call then'),
  operatorsNeeded: z.number().int().describe('for the calls of the run, every goal met (Erlang A)'),
  operatorsNeededErlangC: z.number().int().describe('the same, if nobody ever gave up (Erlang C)'),
  capacityPerHour: z.number().int().describe('calls an hour at most that all operators take, every goal met'),
  operatorsNeededAtCapacity: z
    .number()
    .int()
    .describe('for the calls that all operators take at most with the screens as measured (Erlang A)'),
})

/** What the response times of a run mean for its call centre: waits, service levels, and operators needed, by queueing theory. */
export const callCentreOutlookSchema = z.strictObject({
  callsPerHour: z.number().describe('due in the phase'),
  screensPerCall: z.number().describe('mean steps of the calls that were answered, as planned'),
  responseMs: z.number().describe('mean of a screen, from sent; getting a token is none'),
  goals: z.strictObject({
    soonMs: z.number(),
    soonRatio: ratio.describe('least share of calls answered within soonMs'),
    lateMs: z.number(),
    lateRatio: ratio.describe('least share of calls answered within lateMs'),
    abandonedRatio: ratio.describe('greatest share of calls given up'),
  }),
  staffing: z.array(staffingSchema).describe('those on shift; all that there are'),
  slowerScreens: z.array(slowerScreenSchema).describe('as measured first, then slower and slower'),
})
export type CallCentreOutlook = z.infer<typeof callCentreOutlookSchema>
