import type { CallCentreOutlook } from '../../model/call-centre-outlook.ts'
import type { CallCentreResult } from '../../model/run-record.ts'
import { formatCount, formatExpectedRatio, formatMs, formatRatio } from '../format.ts'
import { callCentreOutlookSentences } from './call-centre-outlook-sentences.ts'
import { narrowTable, table } from './html-table.ts'
import { html, type Markup } from './html-template.ts'

/** What the response times of a run mean for the operators; nothing where no call was answered. */
export const callCentreOutlookSection = (centre: CallCentreResult): Markup => {
  const { outlook } = centre
  if (!outlook) return html``
  return html`
<h3>What slow screens cost</h3>
<p>${callCentreOutlookSentences(centre)}</p>
${slowerScreens(outlook)}
${staffing(outlook)}
<p class="soft">By queueing theory (Erlang A; the column that says so: Erlang C), from the calls, pauses and answers of this run.</p>`
}

const number = (title: string) => ({ title, isNumber: true })

const slowerScreens = ({ slowerScreens: rows, callsPerHour }: CallCentreOutlook): Markup => {
  const [now] = rows
  const most = formatCount(now?.capacityPerHour ?? 0)
  return table(
    [
      { title: 'On each screen' },
      number('A screen takes'),
      number('A call takes'),
      number(`Operators for ${formatCount(callsPerHour)} calls/h`),
      number('If nobody gave up (Erlang C)'),
      number(`Operators for ${most} calls/h`),
      number(`Calls/h that ${formatCount(now?.operatorsNeededAtCapacity ?? 0)} take`),
    ],
    rows.map((row) => [
      row.addedMs === 0 ? 'as measured' : `+${formatMs(row.addedMs)}`,
      formatMs(row.responseMs),
      formatMs(row.handlingMs),
      formatCount(row.operatorsNeeded),
      formatCount(row.operatorsNeededErlangC),
      formatCount(row.operatorsNeededAtCapacity),
      formatCount(row.capacityPerHour),
    ]),
  )
}

const staffing = ({ staffing: columns, goals }: CallCentreOutlook): Markup => {
  const row = (title: string, value: (of: CallCentreOutlook['staffing'][number]) => string) => [
    title,
    ...columns.map(value),
  ]
  return narrowTable(
    [
      { title: 'The same calls' },
      ...columns.map(({ operators }, index) =>
        number(`${formatCount(operators)} ${index === 0 ? 'on shift' : 'operators, all'}`),
      ),
    ],
    [
      row('Operators busy', ({ occupancyRatio }) => formatExpectedRatio(occupancyRatio)),
      row('Calls that wait', ({ waitingRatio }) => formatExpectedRatio(waitingRatio)),
      row('Mean wait of a call', ({ meanWaitMs }) => formatMs(Math.round(meanWaitMs))),
      row(`Abandoned, goal at most ${formatRatio(goals.abandonedRatio)}`, ({ abandonedRatio }) =>
        formatExpectedRatio(abandonedRatio),
      ),
      row(`Answered within ${formatMs(goals.soonMs)}, goal ${formatRatio(goals.soonRatio)}`, ({ answeredSoonRatio }) =>
        formatExpectedRatio(answeredSoonRatio),
      ),
      row(`Answered within ${formatMs(goals.lateMs)}, goal ${formatRatio(goals.lateRatio)}`, ({ answeredLateRatio }) =>
        formatExpectedRatio(answeredLateRatio),
      ),
      row('Calls an hour at most, goals met', ({ capacityPerHour }) => formatCount(capacityPerHour)),
    ],
  )
}
