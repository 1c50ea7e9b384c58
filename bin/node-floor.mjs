/**
 * Runs `start` on Node 20 or newer; on an older one prints one line and sets exit code 2.
 * Plain syntax here and in the two entry files, and `start` imports the rest: an old Node must reach this line.
 * @param {() => Promise<void>} start
 */
export function aboveNodeFloor(start) {
  if (Number(process.versions.node.split('.')[0]) >= 20) {
    start()
    return
  }
  console.error(`collaudo: expected Node.js 20 or newer, got ${process.versions.node}; install a newer Node.js`)
  process.exitCode = 2
}
