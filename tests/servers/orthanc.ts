import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { freePort } from './free-port.ts'

const attempts = 100

/** An Orthanc of its own, with its DICOMweb plug-in, for the time of a test; resolves to the base of its DICOMweb services. */
export const startOrthanc = async (): Promise<string> => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-orthanc-'))
  const port = await freePort()
  const configuration = {
    HttpPort: port,
    DicomServerEnabled: false,
    RemoteAccessAllowed: false,
    AuthenticationEnabled: false,
    StorageDirectory: dir,
    IndexDirectory: dir,
    Plugins: ['/usr/share/orthanc/plugins/libOrthancDicomWeb.so'],
    DicomWeb: { Enable: true, Root: '/dicom-web/' },
  }
  const file = join(dir, 'configuration.json')
  writeFileSync(file, JSON.stringify(configuration))
  const child = spawn('Orthanc', [file], {
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` },
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(dir, { recursive: true, force: true })
  })
  const baseUrl = `http://127.0.0.1:${port}/dicom-web`
  for (let attempt = 0; attempt < attempts; attempt++) {
    const answer = await fetch(`${baseUrl}/studies?limit=1`).catch(() => undefined)
    if (answer?.ok) return baseUrl
    await sleep(200)
  }
  throw new Error(`expected Orthanc at ${baseUrl}, got no answer`)
}
