/**
 * The texts that a JSON document has got behind a key, wherever it is. Parsing a page of twenty slots takes k6 490 µs, this 68;
 * a regular expression takes 50, but the first one gives the actor a prototype with all its methods.
 */
export const textsBehind = (key: string, json: string): readonly string[] =>
  json
    .split(`"${key}"`)
    .slice(1)
    .map((after) => {
      const from = after.indexOf('"') + 1
      return after.slice(from, after.indexOf('"', from))
    })
