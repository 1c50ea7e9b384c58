import { dashboardOf } from './build/dashboard.ts'
import { metricsPage } from './metrics-page.ts'
import { dashboards } from './registry.ts'
import { rulesText } from './rules.ts'

/** A file that is made from what is written here, by its path in this folder. */
export interface RenderedFile {
  readonly path: string
  readonly text: string
}

/** Everything that Grafana and Prometheus read. Same source, same bytes. */
export const renderedFiles = (): readonly RenderedFile[] => [
  ...dashboards.map((spec) => ({
    path: `rendered/${spec.uid}.json`,
    text: `${JSON.stringify(dashboardOf(spec), null, 2)}\n`,
  })),
  { path: 'rules/collaudo.yaml', text: rulesText() },
  { path: 'metrics.md', text: metricsPage() },
]
