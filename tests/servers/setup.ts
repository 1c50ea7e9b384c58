import { installPrograms } from '../install-programs.ts'
import { provideHapi } from './hapi/programs.ts'
import { provideKube } from './kube/programs.ts'

const needed = [
  { program: 'chromium', packages: ['chromium'] },
  { program: 'Orthanc', packages: ['orthanc', 'orthanc-dicomweb'] },
  { program: 'dcmftest', packages: ['dcmtk'] },
  { program: 'dockerd', packages: ['docker.io'] },
  { program: 'prometheus', packages: ['prometheus'] },
  { program: 'javac', packages: ['openjdk-17-jdk-headless'] },
  { program: 'mvn', packages: ['maven'] },
]

/** Installs the missing programs with apt-get, which needs root, and builds an API server with Go and a FHIR server with Maven. */
export async function setup(): Promise<void> {
  installPrograms(needed)
  await provideKube()
  await provideHapi()
}
