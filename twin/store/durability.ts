/** When what is committed becomes durable. A store that has one of its own keeps commits in one open transaction until then. */
export interface Durability {
  /** Whether the commit that has just been made is to wait. */
  isPutOff(): boolean
  /** Runs `makeDurable` later, for this commit and those that come before. */
  later(makeDurable: () => void): void
}
