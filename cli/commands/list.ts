import { Command } from 'commander'
import { firstLook } from '../../chaos/experiments/first-look.ts'
import { experiments } from '../../chaos/experiments/registry.ts'
import { runnerDies } from '../../chaos/experiments/runner-dies.ts'
import { suites } from '../../chaos/experiments/suites.ts'
import { dashboards } from '../../dashboards/registry.ts'
import { defectKinds } from '../../model/defect.ts'
import { faultKinds, faultSummaries } from '../../model/fault-kinds.ts'
import { pacedJourneys } from '../../region/pace.ts'
import { type ProjectFolder, projectFile, projectNames } from '../../runner/project-file.ts'
import { shippedTargets } from '../../runner/shipped-targets.ts'
import { scenarios } from '../../scenarios/registry.ts'
import { Output, type OutputOptions } from '../output.ts'
import { waysInWords } from '../ways-in-words.ts'

/** `collaudo list`: what there is to run, and where. */
export const listCommand = (): Command =>
  new Command('list')
    .description(
      'Lists scenarios, experiments, suites, faults, journeys, targets, dashboards and defects of the twin, one line each.',
    )
    .addHelpText('after', '\nExamples:\n  collaudo list\n  collaudo list --json')
    .action((options: OutputOptions) => {
      const lists = catalogue()
      const width = Math.max(...lists.flatMap(([, entries]) => entries.map(({ name }) => name.length)))
      const text = lists.map(([title, entries]) =>
        [title, ...entries.map((entry) => `  ${entry.name.padEnd(width)}  ${entry.summary}`)].join('\n'),
      )
      new Output(options).result(text.join('\n'), Object.fromEntries(lists))
    })

interface Entry {
  readonly name: string
  readonly summary: string
}

const catalogue = (): readonly (readonly [string, readonly Entry[]])[] => [
  ['scenarios', [...scenarios.map(({ name, summary }) => ({ name, summary })), ...own('scenarios')]],
  [
    'experiments',
    [...[...experiments, runnerDies, firstLook].map(({ name, summary }) => ({ name, summary })), ...own('experiments')],
  ],
  ['suites', suites.map(({ name, summary }) => ({ name, summary }))],
  ['faults', faultKinds.map((name) => ({ name, summary: faultSummaries[name] }))],
  ['journeys', journeys()],
  ['targets', [...targets(), ...own('targets')]],
  ['dashboards', dashboards.map(({ uid, question }) => ({ name: uid, summary: question }))],
  ['defects', Object.entries(defectKinds).map(([name, summary]) => ({ name, summary }))],
]

/** Those of the project in the working directory. */
const own = (folder: ProjectFolder): readonly Entry[] =>
  projectNames(folder).map((name) => ({ name, summary: `of this project: ${projectFile(folder, name)}` }))

const journeys = (): readonly Entry[] =>
  pacedJourneys().map(({ action, channel, pace }) => ({
    name: `${action} (${channel})`,
    summary: waysInWords(pace.value),
  }))

const targets = (): readonly Entry[] => shippedTargets().map((name) => ({ name, summary: `targets/${name}.yaml` }))
