/** What keeps the project from starting and the one edit or command that mends it; printed as one line, exit code 2. */
export class SetupFailure extends Error {
  /**
   * @param {string} message
   * @param {string} hint
   */
  constructor(message, hint) {
    super(`${message}; ${hint}`)
    this.name = 'SetupFailure'
  }
}
