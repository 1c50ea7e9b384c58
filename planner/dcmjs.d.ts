/** The part of dcmjs that is used; the package has no types of its own. */
declare module 'dcmjs' {
  type Dataset = Readonly<Record<string, unknown>>
  export const data: {
    readonly DicomDict: new (
      meta: Dataset,
    ) => { dict: Dataset; write(options?: { readonly fragmentMultiframe?: boolean }): ArrayBuffer }
    readonly DicomMetaDictionary: { denaturalizeDataset(dataset: Dataset): Dataset }
  }
}
