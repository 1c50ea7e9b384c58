import { metrics } from '../../model/metrics.ts'
import { runVariable } from '../house.ts'
import { last, max, sum } from '../promql.ts'
import type { DashboardSpec } from '../spec.ts'

const known = 'a target whose processor time is known'

export const cost: DashboardSpec = {
  uid: 'collaudo-cost',
  title: 'Cost and carbon',
  question: 'What do a thousand bookings cost in processors, energy and CO2e?',
  readers: 'the capacity planner, the management',
  tags: ['planning'],
  hasFaults: false,
  variables: [runVariable],
  rows: [
    {
      title: 'A thousand of what the region counts',
      panels: [
        {
          kind: 'bar-gauge',
          title: 'CO2e (SCI score)',
          description:
            'Software Carbon Intensity: operational and embodied grams of what is provisioned, for a thousand units.',
          width: 12,
          unit: 'grams',
          queries: [{ expr: sum(last(metrics.carbon), 'unit'), legend: '{{unit}}' }],
          emptyWithout: known,
        },
        {
          kind: 'bar-gauge',
          title: 'Energy',
          description: 'Of what is provisioned, busy or not, with its share of the data centre.',
          width: 12,
          unit: 'wattHours',
          queries: [{ expr: max(last(metrics.energy), 'unit'), legend: '{{unit}}' }],
          emptyWithout: known,
        },
        {
          kind: 'table',
          title: 'Operational and embodied',
          description: 'CO2e of the energy, and of the making of the servers: their share of time and processors.',
          width: 12,
          unit: 'grams',
          columns: ['unit', 'part'],
          queries: [{ expr: max(last(metrics.carbon), 'unit', 'part'), legend: 'CO2e' }],
          emptyWithout: known,
        },
        {
          kind: 'bar-gauge',
          title: 'Processors that stand idle',
          description: '1 − used / provisioned vCPU-hours of each system: what right-sizing may save.',
          width: 12,
          unit: 'ratio',
          queries: [
            {
              expr: `1 - ${max(last(metrics.systemProcessor, { part: '="used"' }), 'system')} / ${max(last(metrics.systemProcessor, { part: '="provisioned"' }), 'system')}`,
              legend: '{{system}}',
            },
          ],
          emptyWithout: known,
        },
        {
          kind: 'text',
          title: 'How it is counted',
          description: 'Sources of the formula.',
          width: 24,
          content:
            'SCI = (E · I + M) / R: energy × grid intensity + embodied carbon, per functional unit (Green Software Foundation). Coefficients and their sources: the report of the run, *cost and carbon*. The load generator is not in it.',
        },
      ],
    },
  ],
}
