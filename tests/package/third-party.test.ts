import { describe, expect, it } from 'vitest'
import { packageFolderOf } from '../../package/build-programs.ts'
import { sbomOf } from '../../package/sbom.ts'
import { noticesOf, thirdPartiesOf } from '../../package/third-party.ts'

describe('packageFolderOf', () => {
  it.each([
    ['node_modules/zod/v4/index.js', 'node_modules/zod'],
    ['node_modules/@bufbuild/protobuf/dist/a.js', 'node_modules/@bufbuild/protobuf'],
    ['node_modules/a/node_modules/@b/c/d.js', 'node_modules/a/node_modules/@b/c'],
    ['results/judge.ts', undefined],
  ])('of %s is %s', (file, folder) => {
    expect(packageFolderOf(file)).toBe(folder)
  })
})

describe('what is built into the package', () => {
  const thirdParties = thirdPartiesOf(['node_modules/hono', 'node_modules/@hono/node-server', 'node_modules/hono'])

  it('is named once, in the order of names, with its version and its whole licence', () => {
    expect(thirdParties.map(({ name, licence }) => [name, licence])).toEqual([
      ['@hono/node-server', 'MIT'],
      ['hono', 'MIT'],
    ])
    const notices = noticesOf(thirdParties)
    expect(notices).toMatch(/^@hono\/node-server \d+\.\d+\.\d+ \(MIT\)\n[\s\S]*Permission is hereby granted/)
    expect(notices.match(/Permission is hereby granted/g)).toHaveLength(2)
  })

  it('is handed on with its notices, where it has some', () => {
    const [echarts] = thirdPartiesOf(['node_modules/echarts'])
    expect(echarts?.text).toMatch(
      /Apache License[\s\S]*Apache ECharts\nCopyright|Apache ECharts\nCopyright[\s\S]*Apache License/,
    )
  })

  it('stands in the bill of materials with its package URL', () => {
    const { components } = Object(sbomOf({ name: 'collaudo', version: '1.2.3', license: 'EUPL-1.2' }, thirdParties))
    expect(components).toMatchObject([
      {
        name: '@hono/node-server',
        purl: `pkg:npm/%40hono/node-server@${thirdParties[0]?.version}`,
        licenses: [{ expression: 'MIT' }],
      },
      { name: 'hono', purl: `pkg:npm/hono@${thirdParties[1]?.version}` },
    ])
  })
})
