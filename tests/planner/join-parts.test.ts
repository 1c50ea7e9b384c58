import { sep } from 'node:path'
import { expect, it } from 'vitest'
import { bundleScript } from '../../planner/bundle-script.ts'
import { joinParts } from '../../planner/join-parts.ts'

const run = (script: string) => import(`data:text/javascript,${encodeURIComponent(script)}`)

const main = `import {
  note as tell,
  notes
} from "./chunk-A.js";
import "./chunk-B.js";

var later = async () => (await import("./late.js")).late;
export {
  later,
  notes,
  tell as told
};
`
const chunk = `import { sep } from "node:path";
var notes = [];
var note2 = (text) => notes.push(text + sep);
export {
  note2 as note,
  notes
};
`
const sideEffect = `import {
  note
} from "./chunk-A.js";
note("b");
`
const late = `import {
  note
} from "./chunk-A.js";
note("late");
var late = 42;
export {
  late
};
`

it('runs the parts of a script in the order of their imports, each once, and those imported dynamically when they are asked for', async () => {
  const script = joinParts([
    { name: 'late.js', text: late },
    { name: 'main.js', text: main },
    { name: 'chunk-B.js', text: sideEffect },
    { name: 'chunk-A.js', text: chunk },
  ])
  const { later, notes, told } = await run(script)
  expect(notes).toEqual([`b${sep}`])
  expect([await later(), await later()]).toEqual([42, 42])
  told('end')
  expect(notes).toEqual([`b${sep}`, `late${sep}`, `end${sep}`])
})

it('leaves nothing at the top of the script but what k6 reads', async () => {
  const script = await bundleScript()
  const top = script.split('\n').filter((line) => /^(?:import|export|const|let|var|function|class)\b/.test(line))
  const [body = ''] = script.split('\nconst $parts')
  expect(body.split('\n').filter((line) => !/^import .* from "k6(?:\/[\w/]+)?";$/.test(line))).toEqual([
    '',
    'const $take = (part) => {',
    '  if (typeof $parts[part] === "function") $parts[part] = $parts[part]();',
    '  return $parts[part];',
    '};',
  ])
  expect(top.at(-1)).toBe('export const {')
  expect(script).not.toMatch(/\bimport\(/)
})
