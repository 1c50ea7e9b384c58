import { commands, type Part } from './run/parts.ts'
import { closingLine, type Tally, total } from './run/tally.ts'

async function run({ name, run }: Part): Promise<Tally> {
  console.log(`\n── ${name}`)
  const startedMs = performance.now()
  const tally = await run()
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  console.log(`── ${name}: ${tally.failed === 0 ? 'passed' : 'failed'}, ${seconds} s`)
  return tally
}

const command = process.argv[2] ?? 'all'
const parts = commands[command]
if (!parts) throw new Error(`expected one of ${Object.keys(commands).join(', ')}, got ${command}`)

const tallies: Tally[] = []
for (const part of parts) tallies.push(await run(part))
const sum = total(tallies)
const isSkipFailure = command === 'servers' && sum.skipped > 0
if (isSkipFailure) console.log('\nThese tests exist to be run against real servers: a skipped one is a failure.')
console.log(`\n${closingLine(sum)}`)
process.exitCode = sum.failed > 0 || isSkipFailure ? 1 : 0
