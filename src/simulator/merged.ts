type Tree = Record<string, unknown>

/** Both, key by key and down to the leaves: what the second says wins, lists whole. */
export const merged = <T extends Tree>(before: T, changes: T): T =>
  Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(changes)])].map((name) => {
      if (!(name in changes)) return [name, before[name]]
      const [was, is] = [before[name], changes[name]]
      return [name, isTree(was) && isTree(is) ? merged(was, is) : is]
    }),
  ) as T

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)
