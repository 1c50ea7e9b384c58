/** Something that keeps an experiment from being conducted. */
export interface Finding {
  /** `missing`: somebody has to mend it first; `forbidden`: it may not be done: no rights, more than was agreed on, somebody else is at it. */
  readonly kind: 'missing' | 'forbidden'
  /** `expected what, where, got which value` */
  readonly message: string
  /** What mends it. */
  readonly hint: string
}

export const isRefusal = ({ kind }: Finding): boolean => kind === 'forbidden'
