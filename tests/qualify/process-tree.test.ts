import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { processTree } from '../../qualify/process-tree.ts'

/** A process that says a word once it is there, and waits until its input ends. */
const started = async (): Promise<number> => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume(); console.log("up")'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.stdin.end())
  await once(child.stdout, 'data')
  return child.pid ?? 0
}

test('processes of one name are counted together, those above are not', async () => {
  const pids = [await started(), await started()]
  const alone = pids.map((pid) => processTree(pid).get('collaudo')?.rssBytes ?? 0)
  const together = processTree(process.pid).get('collaudo')?.rssBytes ?? 0
  expect(Math.min(...alone)).toBeGreaterThan(10e6)
  expect(together).toBeGreaterThan(1.5 * Math.max(...alone))
  expect([...processTree(pids[0] ?? 0).keys()]).toEqual(['collaudo'])
})
