/** Wilson's interval of a share at 95 %: of `hits` in `all`. Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927. */
export const binomialInterval = (hits: number, all: number): { readonly from: number; readonly to: number } => {
  const z = 1.959_964
  const share = hits / all
  const centre = (share + z ** 2 / (2 * all)) / (1 + z ** 2 / all)
  const half = (z / (1 + z ** 2 / all)) * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2))
  return { from: Math.max(0, centre - half), to: Math.min(1, centre + half) }
}
