#!/usr/bin/env node
import { aboveNodeFloor } from './node-floor.mjs'

/** Commands that start k6; the others must not wait for its build. */
const loadCommands = ['run', 'chaos', 'capacity']

/** @param {string[]} args */
function k6Need(args) {
  const command = args.find((arg) => !arg.startsWith('-'))
  if (args.includes('--help') || args.includes('-h')) return 'none'
  if (command === 'doctor') return 'find'
  const isComparingTargets = command === 'compare' && args.includes('--ab')
  return isComparingTargets || (command && loadCommands.includes(command)) ? 'build' : 'none'
}

const args = process.argv.slice(2)
aboveNodeFloor(() =>
  import('./launch.mjs').then(({ launch }) => launch({ file: 'cli/main.ts', args, k6: k6Need(args) })),
)
