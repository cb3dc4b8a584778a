import type { ReactNode } from 'react'
import { t } from '../language.ts'
import { useMay } from '../may.ts'
import { Note } from './Notice.tsx'
import { PageHeader } from './PageHeader.tsx'

interface ForRoleProps {
  role: keyof typeof isFor
  /** Of a page that is for this role as a whole. */
  title?: string
  children: ReactNode
}

/** What the hub would refuse to others: they read for whom it is, and nothing is asked for them. */
export function ForRole({ role, title, children }: ForRoleProps) {
  if (useMay(role)) return children
  return (
    <>
      {title && <PageHeader title={title} />}
      <Note tone="hint" title={isFor[role]} />
    </>
  )
}

const isFor = {
  operator: t('This is for operators, admins and owners of the workspace'),
  admin: t('This is for admins and owners of the workspace'),
} as const
