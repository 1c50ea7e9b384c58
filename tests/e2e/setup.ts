import { installPrograms } from '../install-programs.ts'

/** promtool, which reads the queries of the dashboards and the rules as Prometheus does. */
export function setup(): void {
  installPrograms([{ program: 'promtool', packages: ['prometheus'] }])
}
