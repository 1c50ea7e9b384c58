import { expect, it } from 'vitest'
import { puts } from './test-system.ts'
import { clientOf, isAlive, testTwin, until } from './test-twin.ts'

const someone = { resourceType: 'Patient', id: 'p1' } as const

it('a process that dies is there again after a while, at the same place and with the same data', async () => {
  const lines: string[] = []
  const twin = await testTwin({ systems: ['emergency'], restartAfterMs: 50, log: (line) => lines.push(line) })
  const client = clientOf(twin, 'emergency')
  await client.transaction(puts([someone]))
  const [before, place] = [twin.pidsOf('emergency'), twin.at('emergency').baseUrl]
  for (const pid of before) process.kill(pid, 'SIGKILL')
  await until(
    () => twin.pidsOf('emergency'),
    ([pid]) => pid !== undefined && !before.includes(pid),
  )
  expect([twin.at('emergency').baseUrl, lines]).toEqual([place, ['emergency ended by SIGKILL']])
  expect((await client.get('Patient/p1')).status).toBe(200)
  process.kill(twin.at('emergency').pid, 'SIGKILL')
  await until(
    () => twin.pidsOf('emergency'),
    (pids) => pids.length === 0,
  )
  await twin.stop()
  expect([isAlive(twin.at('emergency').pid), twin.pidsOf('emergency')]).toEqual([false, []])
})

it('a process that was told to end is there again at once', async () => {
  const twin = await testTwin({ systems: ['emergency'], restartAfterMs: 600_000 })
  const before = twin.pidsOf('emergency')
  for (const pid of before) process.kill(pid, 'SIGTERM')
  await until(
    () => twin.pidsOf('emergency'),
    ([pid]) => pid !== undefined && !before.includes(pid),
  )
  await twin.stop()
  expect(twin.pidsOf('emergency')).toEqual([])
})

it('a process that is coming up again is told of a fault before its order counts as given', async () => {
  const twin = await testTwin({ systems: ['emergency'], replicas: { emergency: 2 }, restartAfterMs: 50 })
  const store = 'emergency.store'
  for (const pid of twin.pidsOf('emergency#1')) process.kill(pid, 'SIGKILL')
  await until(
    () => twin.pidsOf('emergency#1'),
    (pids) => pids.length === 0,
  )
  await twin.instruct(store, { kind: 'read-only-storage', component: store }, true)
  expect((await twin.tryWrite(store)).error).toMatch('readonly')
  await twin.stop()
})
