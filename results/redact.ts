/** Shape of a codice fiscale, with the letters that replace digits when two people would share one (omocodia). */
const digit = '[0-9LMNPQRSTUV]'
const fiscalCode = new RegExp(`[A-Z]{6}${digit}{2}[A-Z]${digit}{2}[A-Z]${digit}{3}[A-Z]`, 'gi')
const bearer = /\bBearer\s+[\w.~+/=-]+/gi
const jsonWebToken = /\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g
const email = /[\w.%+-]+(@|%40)[\w-]+(\.[\w-]+)+/g

/** A text without what looks like a codice fiscale, a token or an e-mail address. The sender redacts too: this is the second net. */
export const redact = (text: string): string =>
  text
    .replace(bearer, 'Bearer [token]')
    .replace(jsonWebToken, '[token]')
    .replace(email, '[e-mail]')
    .replace(fiscalCode, '[codice fiscale]')
