import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ProjectCopy, projectCopy } from './project-copy.ts'

let project: ProjectCopy
beforeEach(() => {
  project = projectCopy()
  project.stubCli(
    "console.log(JSON.stringify([process.argv.slice(2), process.env['COLLAUDO_K6'] ?? null, process.cwd()]))",
  )
})
afterEach(() => project.remove())

/** Installs as npm does: its own lock file last. */
const npmInstalls = `fs.mkdirSync('node_modules'); fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json')`
const goBuilds = `
if (args[0] === 'env') console.log('go1.26.8')
else fs.writeFileSync(args[args.indexOf('-o') + 1], 'k6', { mode: 0o755 })`
const oldK6 = `console.log('k6 v0.57.0 (go1.23.0, linux/amd64)')`
const newK6 = `console.log('k6 v2.3.1 (go1.26.8, linux/amd64)')`

function tools(): readonly string[] {
  return readdirSync(join(project.folder, '.tools'))
}

async function refusal(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { code, stdout, stderr } = await project.start(args, env)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  const said = stderr.split('\n').filter((line) => line.startsWith('collaudo: '))
  expect(said).toHaveLength(1)
  expect(stderr).not.toMatch(/^ +at /m)
  return said[0] ?? ''
}

describe('packages', () => {
  it('are installed once, and the command then runs in the working directory', async () => {
    project.fake('npm', npmInstalls)
    const first = await project.start(['list', '--json'])
    const second = await project.start(['list', '--json'])
    expect(first.stderr).toBe('installing packages…\n')
    expect(second.stderr).toBe('')
    expect(JSON.parse(second.stdout)).toEqual([['list', '--json'], null, expect.stringMatching(/elsewhere$/)])
    expect(project.calls()).toEqual([expect.stringMatching(/^npm ci --ignore-scripts /)])
  })

  it('are installed once when two start together', async () => {
    project.fake('npm', npmInstalls)
    const both = await Promise.all([project.start(['list']), project.start(['list'])])
    expect(both.map(({ code }) => code)).toEqual([0, 0])
    expect(project.calls()).toHaveLength(1)
  })

  it('need npm', async () => {
    expect(await refusal(['list'])).toMatch(/npm is not on the PATH; install Node\.js 20 or newer with npm$/)
  })

  it('that fail to install show the end of what npm said', async () => {
    project.fake('npm', `for (let i = 0; i < 99; i++) console.error('npm line ' + i); process.exitCode = 7`)
    const { stderr } = await project.start(['list'])
    expect(stderr.split('\n')).toHaveLength(18)
    expect(stderr).toContain('npm line 98\ncollaudo: npm ci ended with code 7')
    expect(await refusal(['list'])).toContain('code 7')
  })
})

describe('k6', () => {
  beforeEach(() => {
    project.fake('npm', npmInstalls)
  })

  it('is built for a command that starts it, once', async () => {
    project.fake('go', goBuilds)
    const first = await project.start(['run', 'recup-day'])
    const second = await project.start(['run', 'recup-day'])
    expect(first.stderr).toContain('building k6')
    expect(JSON.parse(second.stdout)[1]).toMatch(/clone\/\.tools\/k6-v\d+\.\d+\.\d+$/)
    expect(project.calls().filter((call) => call.startsWith('go build'))).toHaveLength(1)
  })

  it.each([['list'], ['plan'], ['run', '--help'], ['compare', 'a', 'b'], ['doctor']])(
    'is not built for %s %s',
    async (...args) => {
      project.fake('go', goBuilds)
      expect(await project.start(args)).toMatchObject({ code: 0 })
      expect(project.calls()).toEqual([expect.stringMatching(/^npm/)])
    },
  )

  it('on the PATH is used when it is new enough', async () => {
    const path = project.fake('k6', newK6)
    const { stdout } = await project.start(['run', 'recup-day'])
    expect(JSON.parse(stdout)[1]).toBe(path)
  })

  it('on the PATH is passed over when it is too old', async () => {
    project.fake('k6', oldK6)
    project.fake('go', goBuilds)
    const { stdout } = await project.start(['run', 'recup-day'])
    expect(JSON.parse(stdout)[1]).toContain('.tools')
  })

  it('named by COLLAUDO_K6 must be new enough', async () => {
    const path = project.fake('k6', oldK6)
    expect(await refusal(['run', 'recup-day'], { COLLAUDO_K6: path })).toMatch(
      /expected k6 2\.2 or newer.*got k6 0\.57\.0; set/,
    )
    expect(await refusal(['run', 'recup-day'], { COLLAUDO_K6: `${path}-gone` })).toMatch(/got no k6; set/)
  })

  it('needs Go to be built', async () => {
    expect(await refusal(['run', 'recup-day'])).toMatch(/no Go on the PATH to build it; install Go 1\.25/)
  })

  it('that cannot be built ends the installation of packages', async () => {
    project.fake('npm', 'setInterval(() => {}, 1000)')
    expect(await refusal(['run', 'recup-day'])).toMatch(/no Go on the PATH/)
    expect(tools()).toEqual([])
  })

  it('needs a Go that is new enough', async () => {
    project.fake('go', `console.log('go1.19.8')`)
    expect(await refusal(['run', 'recup-day'])).toMatch(/expected Go 1\.25 or newer to build k6, got 1\.19\.8; install/)
  })

  it('is not left half built when the build fails', async () => {
    project.fake('go', `${goBuilds}\nif (args[0] === 'build') { console.error('no space'); process.exitCode = 1 }`)
    expect(await refusal(['run', 'recup-day'])).toContain('go build of k6 ended with code 1')
    expect(tools()).toEqual([])
  })

  it('is not left half built when the build is interrupted', async () => {
    const interrupts = `if (args[0] === 'build') { process.kill(process.ppid, 'SIGTERM'); setInterval(() => {}, 1000) }`
    project.fake('go', `${goBuilds}\n${interrupts}`)
    const { code, stderr } = await project.start(['run', 'recup-day'])
    expect({ code, stderr }).toEqual({ code: 143, stderr: expect.not.stringContaining('collaudo:') })
    expect(tools()).toEqual([])
    expect(existsSync(join(project.folder, 'node_modules'))).toBe(true)
  })
})

describe('the command', () => {
  beforeEach(() => {
    project.fake('npm', npmInstalls)
  })

  it('passes its exit code on', async () => {
    project.stubCli('process.exitCode = 5')
    expect(await project.start(['list'])).toMatchObject({ code: 5, stderr: 'installing packages…\n' })
  })

  it('is sent the signals of the process that started it and is waited for', async () => {
    project.stubCli(`
      process.on('SIGTERM', () => { console.log('restored'); process.exit(130) })
      setInterval(() => {}, 1000)
      process.kill(process.ppid, 'SIGTERM')`)
    expect(await project.start(['list'])).toMatchObject({ code: 130, stdout: 'restored\n' })
  })

  it('that dies by a signal ends with 128 and its number', async () => {
    project.stubCli(`process.kill(process.pid, 'SIGKILL')`)
    expect(await project.start(['list'])).toMatchObject({ code: 137 })
  })
})
