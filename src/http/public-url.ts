/** The path under which people reach us, '' or for example `/greenroom`. */
export const basePath = (publicUrl: string): string => new URL(publicUrl).pathname.replace(/\/$/, '')

/**
 * Takes the sub-path off what a proxy passes on, so that a proxy may keep it or strip it. Only when one of our own paths is
 * left over: under `https://school.example/zoom` the path `/zoom/webhooks/…` comes from a proxy that has stripped.
 */
export function withoutBase(publicUrl: string, paths: readonly string[]): (url: string) => string {
  const base = basePath(publicUrl)
  const ours = new Set(paths.map(firstSegment))
  return (url) => {
    if (base === '' || !url.startsWith(base)) return url
    const rest = url.slice(base.length)
    if (rest === '' || rest === '/' || rest.startsWith('?')) return `/${rest.replace(/^\//, '')}`
    return rest.startsWith('/') && ours.has(firstSegment(rest)) ? rest : url
  }
}

const firstSegment = (path: string): string => path.split(/[/?]/, 2)[1] ?? ''
