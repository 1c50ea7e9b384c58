import type { CostAndCarbon, Footprint } from '../../model/cost-and-carbon.ts'
import type { RunRecord } from '../../model/run-record.ts'
import { formatAmount, formatCount, formatMs, formatRatio } from '../format.ts'
import { costAndCarbonSentences, unitWords } from './cost-and-carbon-sentences.ts'
import { heading } from './html-concepts.ts'
import { folded, table } from './html-table.ts'
import { html, type Markup } from './html-template.ts'

/** What the target cost in processors, energy and carbon, or why that is not known. */
export const costAndCarbonSection = (record: RunRecord): Markup => html`
${record.costAndCarbon ? heading('Cost and carbon', 'cost-and-carbon') : html`<h2>Cost and carbon</h2>`}
${costAndCarbonSentences(record).map((sentence) => html`<p>${sentence}</p>`)}
${record.costAndCarbon ? figures(record.costAndCarbon, record.processorTime) : html``}`

const number = (title: string) => ({ title, isNumber: true })

const footprintColumns = [
  number('vCPU-hours used'),
  number('vCPU-hours provisioned'),
  number('Idle'),
  number('Energy'),
  number('CO2e of energy'),
  number('CO2e of making'),
]

const footprintCells = (of: Footprint): readonly string[] => [
  formatAmount(of.usedVcpuHours),
  formatAmount(of.provisionedVcpuHours),
  formatRatio(of.idleRatio),
  `${formatAmount(of.energyWattHours)} Wh`,
  `${formatAmount(of.operationalGrams)} g`,
  `${formatAmount(of.embodiedGrams)} g`,
]

const unitTable = (units: CostAndCarbon['units']): Markup =>
  table(
    [{ title: '1,000 of' }, number('Counted'), ...footprintColumns, number('SCI, CO2e')],
    units.map(({ unit, count, perThousand }) => [
      unitWords[unit],
      formatCount(count),
      ...(perThousand
        ? [...footprintCells(perThousand), `${formatAmount(perThousand.sciGrams)} g`]
        : Array<string>(footprintColumns.length + 1).fill('–')),
    ]),
  )

const figures = ({ units, systems, parameters }: CostAndCarbon, time: RunRecord['processorTime']): Markup => html`
${units.length === 0 ? html`` : unitTable(units)}
${folded(
  'The systems',
  table(
    [{ title: 'System' }, ...footprintColumns],
    systems.map((of) => [of.system, ...footprintCells(of)]),
  ),
)}
<p class="soft">${time.kind === 'known' ? `${formatMs(time.lastsMs)} of load. ` : ''}Processors of the target only; storage, network, devices and the load generator are not in it. ${parametersSentence(parameters)}</p>`

const parametersSentence = (of: CostAndCarbon['parameters']): string =>
  `Taken: ${formatAmount(of.gridGramsPerKilowattHour)} g CO2e a kWh, ${formatAmount(of.idleWattsPerVcpu)} to ${formatAmount(of.busyWattsPerVcpu)} W a vCPU, PUE ${formatAmount(of.powerUsageEffectivenessRatio)}, ${formatAmount(of.embodiedGramsPerVcpuHour)} g CO2e a vCPU-hour for the making of the server.`
