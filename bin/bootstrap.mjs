import { aboveNodeFloor } from './node-floor.mjs'

/**
 * For scripts and programs: `k6` prints where k6 is; `exec [--k6] FILE ARGUMENT…` runs a file of the project
 * with the project's packages and Node, and with COLLAUDO_K6 set.
 * @param {typeof import('./launch.mjs')} commands
 * @param {string[]} args
 */
async function start({ launch, printK6 }, args) {
  const [command, ...rest] = args
  if (command === 'k6') return await printK6()
  const isK6Needed = rest[0] === '--k6'
  const [file, ...fileArgs] = isK6Needed ? rest.slice(1) : rest
  if (command === 'exec' && file) return await launch({ file, args: fileArgs, k6: isK6Needed ? 'build' : 'none' })
  console.error('usage: node bin/bootstrap.mjs k6 | exec [--k6] FILE ARGUMENT…')
  process.exitCode = 2
}

aboveNodeFloor(() => import('./launch.mjs').then((commands) => start(commands, process.argv.slice(2))))
