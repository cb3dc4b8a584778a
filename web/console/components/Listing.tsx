import { Button, Skeleton } from '@mantine/core'
import { useDeferredValue, type ReactNode } from 'react'
import classes from './Listing.module.css'
import { Trouble } from './Notice.tsx'
import { t } from '../language.ts'

/** What a list has to show for itself at the moment, whoever asked for it. */
export interface Answer<T> {
  data: T | undefined
  error: Error | null
  refetch: () => unknown
}

interface ListingProps<T> {
  answer: Answer<T>
  isEmpty?: (data: T) => boolean
  /** Shown instead of the list while nothing is in it. */
  empty?: ReactNode
  /** Lines of the skeleton. */
  lines?: number
  children: (data: T) => ReactNode
}

/** Loading, trouble, empty or full: every list is one of the four. An error beside older data leaves the data in sight. */
export function Listing<T>({ answer, isEmpty, empty, lines = 4, children }: ListingProps<T>) {
  const trouble = answer.error && <Trouble error={answer.error} onRetry={() => void answer.refetch()} />
  // A long list takes longer to draw than a page may take to react: the page comes first, then the list. (The first value is null,
  // for undefined would be none.)
  const data = useDeferredValue<T | null | undefined>(answer.data, null)
  if (answer.data === undefined || data === undefined || data === null) return trouble ?? <Waiting lines={lines} />
  return (
    <>
      {trouble}
      {isEmpty?.(data) ? empty : children(data)}
    </>
  )
}

export function Waiting({ lines }: { lines: number }) {
  return (
    <div className={classes['waiting']} role="status" aria-label={t('Loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={classes['line']}>
          <Skeleton height={12} width={`${38 - ((line * 7) % 18)}%`} />
          <Skeleton height={12} width="16%" />
          <Skeleton height={12} width="10%" />
        </div>
      ))}
    </div>
  )
}

interface MoreProps {
  /** Of `useInfiniteQuery`. */
  answer: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
  children?: ReactNode
}

/** The foot of a list that comes in pages. */
export function More({ answer, children }: MoreProps) {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer
  if (!hasNextPage && !children) return null
  return (
    <div className={classes['more']}>
      {children}
      {hasNextPage && (
        <Button variant="default" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('Load more')}
        </Button>
      )}
    </div>
  )
}
