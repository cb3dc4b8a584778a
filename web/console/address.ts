import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { useSearchParams } from 'react-router'

/** What a page is narrowed to and has open, which stands in its address: each thing is changed beside the others. */
export function useAddress() {
  const [query, setQuery] = useSearchParams()
  return {
    query,
    /** The same address with one thing more, to link to. */
    having: (name: string, value: string) => ({ search: changed(query, name, value).toString() }),
    change: (name: string, value: string) =>
      // As the address is by now: what was typed comes later than what was chosen meanwhile.
      setQuery(changed(new URLSearchParams(window.location.search), name, value || undefined), { replace: true }),
  }
}

/** The words of a search, kept in the address as `q` a quarter of a second after the last key. */
export function useSearchInAddress({ query, change }: Pick<ReturnType<typeof useAddress>, 'query' | 'change'>) {
  const q = query.get('q') ?? ''
  const [words, setWords] = useState(q)
  const later = useDebouncedCallback((said: string) => change('q', said), 250)
  // An address that is opened brings its own words.
  const [before, setBefore] = useState(q)
  if (q !== before) {
    setBefore(q)
    if (q !== words.trim()) setWords(q)
  }
  const onChange = (said: string) => {
    setWords(said)
    later(said.trim())
  }
  return { q, field: { value: words, onChange } }
}

function changed(query: URLSearchParams, name: string, value: string | undefined): URLSearchParams {
  const next = new URLSearchParams(query)
  if (value === undefined) next.delete(name)
  else next.set(name, value)
  return next
}
