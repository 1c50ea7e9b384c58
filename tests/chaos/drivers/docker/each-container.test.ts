import { describe, expect, it } from 'vitest'
import { ifUp, toAll } from '../../../../chaos/drivers/docker/each-container.ts'

const refusal = (statusCode: number) => Object.assign(new Error(`refused: ${statusCode}`), { statusCode })

describe('toAll', () => {
  it('does it to all of them', async () => {
    expect(await toAll(['a', 'b'], async (id) => `${id} paused`, Promise.reject)).toEqual(['a paused', 'b paused'])
  })

  it('undoes what it has done where one refuses, whatever the undoing comes to', async () => {
    const undone: unknown[] = []
    const make = async (id: string) => {
      if (id === 'b') throw refusal(409)
      return `${id} paused`
    }
    const all = toAll(['a', 'b', 'c'], make, async (id, made) => {
      undone.push([id, made])
      throw refusal(500)
    })
    await expect(all).rejects.toThrow('refused: 409')
    expect(undone).toEqual([
      ['a', 'a paused'],
      ['b', undefined],
      ['c', 'c paused'],
    ])
  })
})

it.each([
  [404, undefined],
  [409, undefined],
])('a container that answers %i is no longer there to be asked', async (statusCode, answer) => {
  expect(await ifUp(Promise.reject(refusal(statusCode)))).toBe(answer)
})

it('any other refusal of an engine is one', async () => {
  await expect(ifUp(Promise.reject(refusal(500)))).rejects.toThrow('refused: 500')
  expect(await ifUp(Promise.resolve('up'))).toBe('up')
})
