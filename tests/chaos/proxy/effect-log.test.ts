import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EffectLog } from '../../../chaos/proxy/effect-log.ts'
import { temporaryFolder } from './proxy-here.ts'

const line = (key: number) =>
  ({ id: 'f1', link: 'clients→recup', kind: 'latency', key, figures: { firstDelayMs: 3 }, atUnixMs: 7 }) as const

describe('the log of effects', () => {
  it('has a line of JSON for each, and one that says so when it is full', async () => {
    const path = join(await temporaryFolder(), 'effects.ndjson')
    const log = await EffectLog.open(path, expect.unreachable, 2)
    for (const key of [0, 1, 2, 3]) log.add(line(key))
    await log.close()
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
    expect(lines.map((text) => JSON.parse(text))).toEqual([line(0), line(1), { full: true, lines: 2 }])
  })

  it('cannot be opened where there is no folder', async () => {
    const path = join(await temporaryFolder(), 'missing', 'effects.ndjson')
    await expect(EffectLog.open(path, expect.unreachable)).rejects.toThrow('ENOENT')
  })
})
