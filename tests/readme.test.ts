import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { withTables } from '../cli/readme-tables.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

test('the tables of the README are those of the definitions (vitest run tests/readme.test.ts -u makes them anew)', async () => {
  await expect(withTables(readme)).toMatchFileSnapshot('../README.md')
})

test('the README gives the two commands of a newcomer', () => {
  expect(readme).toContain('npm start')
  expect(readme).toContain('npm test')
})
