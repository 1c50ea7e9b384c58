/** Something that keeps an experiment from being conducted. */
export interface Finding {
  /** `missing`: somebody has to mend it first; `too-far`: it would hit more than was agreed on, or somebody else is at it. */
  readonly kind: 'missing' | 'too-far'
  /** `expected what, where, got which value` */
  readonly message: string
  /** What mends it. */
  readonly hint: string
}

export const isRefusal = ({ kind }: Finding): boolean => kind === 'too-far'
