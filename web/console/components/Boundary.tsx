import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Component, type ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { t } from '../language.ts'
import { paths } from '../paths.ts'
import { Trouble } from './Notice.tsx'
import { PageHeader } from './PageHeader.tsx'

/** A page that cannot be drawn says so in its place; the menu stays. Another address, or a click, tries anew. */
export function Boundary({ children }: { children: ReactNode }) {
  const { key } = useLocation()
  const queryClient = useQueryClient()
  return (
    // What was asked for the page may be what it could not draw.
    <Catching visit={key} onRetry={() => queryClient.removeQueries({ type: 'inactive' })}>
      {children}
    </Catching>
  )
}

interface CatchingProps {
  visit: string
  onRetry: () => void
  children: ReactNode
}

/** React catches what a drawing throws by a class alone: https://react.dev/reference/react/Component#static-getderivedstatefromerror */
class Catching extends Component<CatchingProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(thrown: unknown) {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) }
  }

  override componentDidUpdate({ visit }: CatchingProps) {
    if (this.state.error && visit !== this.props.visit) this.#anew()
  }

  #anew() {
    this.props.onRetry()
    this.setState({ error: null })
  }

  override render() {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <>
        <PageHeader title={t('This page cannot be shown')} />
        <Trouble error={error} onRetry={() => this.#anew()} />
        <Button component={Link} to={paths.home()} variant="default" mt="md">
          {t('To Home')}
        </Button>
      </>
    )
  }
}
