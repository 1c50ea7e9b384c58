import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import type { PanelSpec, QuerySpec } from '../spec.ts'

/** Whatever Prometheus is chosen at the top. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana
export const datasource = { type: 'prometheus', uid: '${datasource}' }

/** Kinds that show one value, that of the end of the time that is looked at. */
const instantKinds: readonly PanelSpec['kind'][] = ['stat', 'bar-gauge', 'table']

/** Whether a panel shows one value of each series, or a line. */
export const isInstant = (kind: PanelSpec['kind']): boolean => instantKinds.includes(kind)

export const target = (
  { expr, legend }: QuerySpec,
  { refId, kind }: { readonly refId: string; readonly kind: PanelSpec['kind'] },
): DataqueryBuilder => {
  const query = new DataqueryBuilder().datasource(datasource).expr(expr).legendFormat(legend).refId(refId)
  if (kind === 'heatmap') return query.range().format(PromQueryFormat.Heatmap)
  if (kind === 'table') return query.instant().format(PromQueryFormat.Table)
  return isInstant(kind) ? query.instant() : query.range()
}
