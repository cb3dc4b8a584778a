import { useState } from 'react'

interface Part<Row> {
  shown: Row[]
  /** For `<More>`, as of a list that comes in pages. */
  more: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
}

const page = 50

/** The first rows of a list that came whole: drawing thousands at once would hold the page up. */
export function usePart<Row>(rows: readonly Row[]): Part<Row> {
  const [count, setCount] = useState(page)
  return {
    shown: rows.slice(0, count),
    more: {
      hasNextPage: rows.length > count,
      isFetchingNextPage: false,
      fetchNextPage: () => setCount(count + page),
    },
  }
}
