import type { ThirdParty } from './third-party.ts'

/** The software bill of materials in CycloneDX 1.6: what is built into the package. The same for the same packages: it has no time and no serial number. */
export const sbomOf = (
  { name, version, license }: { readonly name: string; readonly version: string; readonly license: string },
  thirdParties: readonly ThirdParty[],
): object => ({
  $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: {
    component: { type: 'application', name, version, purl: purlOf(name, version), licenses: licencesOf(license) },
  },
  components: thirdParties.map((one) => ({
    type: 'library',
    'bom-ref': purlOf(one.name, one.version),
    name: one.name,
    version: one.version,
    purl: purlOf(one.name, one.version),
    licenses: licencesOf(one.licence),
  })),
})

/** https://github.com/package-url/purl-spec: the @ of a scope is escaped. */
const purlOf = (name: string, version: string): string => `pkg:npm/${name.replace('@', '%40')}@${version}`

const licencesOf = (expression: string): readonly object[] => (expression === '' ? [] : [{ expression }])
