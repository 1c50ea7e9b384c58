import { Command } from 'commander'
import { baselineCommand } from './commands/baseline.ts'
import { capacityCommand } from './commands/capacity.ts'
import { chaosCommand } from './commands/chaos.ts'
import { cleanCommand } from './commands/clean.ts'
import { compareCommand } from './commands/compare.ts'
import { dashboardsCommand } from './commands/dashboards.ts'
import { doctorCommand } from './commands/doctor.ts'
import { historyCommand } from './commands/history.ts'
import { initCommand } from './commands/init.ts'
import { listCommand } from './commands/list.ts'
import { mergeCommand } from './commands/merge.ts'
import { planCommand } from './commands/plan.ts'
import { prepareCommand } from './commands/prepare.ts'
import { reportCommand } from './commands/report.ts'
import { restoreCommand } from './commands/restore.ts'
import { runCommand } from './commands/run.ts'
import { splitCommand } from './commands/split.ts'
import { upCommand } from './commands/up.ts'

const exitCodeHelp = `
Exit codes: 0 pass · 1 a gate failed or regressed · 2 bad usage or configuration · 3 inconclusive, invalid or no baseline · 4 refused by a guard rail
            5 restore failed, the target is still changed · 6 k6 or a journey crashed · 130 interrupted`

/** The whole command line. The signal ends whatever a command has under way. */
export const program = (signal: AbortSignal): Command => {
  const root = new Command('collaudo')
    .description('Replays the working life of a regional health service and says whether its systems may go live.')
    .addHelpText('after', exitCodeHelp)
  for (const command of [
    listCommand,
    doctorCommand,
    upCommand,
    planCommand,
    prepareCommand,
    runCommand,
    splitCommand,
    mergeCommand,
    chaosCommand,
    capacityCommand,
    restoreCommand,
    reportCommand,
    compareCommand,
    baselineCommand,
    historyCommand,
    cleanCommand,
    dashboardsCommand,
    initCommand,
  ]) {
    root.addCommand(withOutputOptions(command(signal)))
  }
  return root.showSuggestionAfterError().showHelpAfterError(helpHint).configureOutput(asOurs).exitOverride()
}

const helpHint = '  → collaudo --help, or the command with --help'

/** What commander says reads like what collaudo says. */
const asOurs = {
  outputError: (text: string, write: (text: string) => void) => write(text.replace(/^error: /, 'collaudo: ')),
}

const withOutputOptions = (command: Command): Command => {
  for (const one of command.commands) withOutputOptions(one)
  return command
    .option('--json', 'one JSON document on stdout and nothing else')
    .option('--quiet', 'no progress on stderr')
    .option('--no-color', 'no colours (as NO_COLOR)')
    .showSuggestionAfterError()
    .showHelpAfterError(helpHint)
    .configureOutput(asOurs)
    .exitOverride()
}
