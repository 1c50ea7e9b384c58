/** For a check that runs whatever else is wrong with an object, so that all problems come at once. */
export const always = {
  when: ({ value }: { readonly value: unknown }): boolean => typeof value === 'object' && value !== null,
}
