import { installPrograms } from '../install-programs.ts'
import { provideKube } from './kube/programs.ts'

const needed = [
  { program: 'chromium', packages: ['chromium'] },
  { program: 'Orthanc', packages: ['orthanc', 'orthanc-dicomweb'] },
  { program: 'dcmftest', packages: ['dcmtk'] },
  { program: 'dockerd', packages: ['docker.io'] },
  { program: 'prometheus', packages: ['prometheus'] },
]

/** Installs the missing programs with apt-get, which needs root, and builds an API server with Go. */
export async function setup(): Promise<void> {
  installPrograms(needed)
  await provideKube()
}
