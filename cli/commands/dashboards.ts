import { Command } from 'commander'
import { Failure } from '../../model/failure.ts'
import { Output, type OutputOptions } from '../output.ts'

interface DashboardsOptions extends OutputOptions {
  readonly check?: boolean
  readonly out?: string
}

/** `collaudo dashboards`: writes what Grafana and Prometheus read; with `--check` it says whether what is there is right. */
export const dashboardsCommand = (): Command =>
  new Command('dashboards')
    .description(
      'Renders the dashboards of Grafana and the rules of Prometheus; --check lints them and finds stale files.',
    )
    .option('--check', 'write nothing: exit 1 where something is wrong, or a file is not what it would be')
    .option('--out <dir>', 'the folder that holds them (default: dashboards/ of collaudo)')
    .addHelpText(
      'after',
      '\nExamples:\n  collaudo dashboards --check\n  collaudo dashboards --out /etc/grafana/collaudo',
    )
    .action(async (options: DashboardsOptions) => {
      const { lint } = await import('../../dashboards/lint/lint.ts')
      const { dashboards } = await import('../../dashboards/registry.ts')
      const { renderedFiles } = await import('../../dashboards/rendered.ts')
      const { dashboardsFolder, staleFiles, writeFiles } = await import('../../dashboards/files.ts')
      const output = new Output(options)
      const dir = options.out ?? dashboardsFolder
      const problems = lint(dashboards)
      const files = renderedFiles()
      if (!options.check) {
        if (problems.length > 0) throw new Failure('usage', problems.join('\n'), 'mend the dashboards')
        writeFiles(dir, files)
        output.result(`${files.length} files in ${dir}`, { dir, files: files.map(({ path }) => path) })
        return
      }
      const stale = staleFiles(dir, files)
      const text = [...problems, ...stale.map((path) => `${path}: expected what is rendered now, got something else`)]
      output.result(text.length === 0 ? `${files.length} files are as they have to be` : text.join('\n'), {
        problems,
        stale,
      })
      process.exitCode = text.length === 0 ? 0 : 1
    })
