import { useQuery } from '@tanstack/react-query'
import { Listing } from '../components/Listing.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { t } from '../language.ts'
import { queries } from '../queries.ts'
import classes from './HomePage.module.css'
import { LooksPanel } from './workspace/LooksPanel.tsx'
import { RemoveDemo } from './workspace/RemoveDemo.tsx'
import { RetentionPanel } from './workspace/RetentionPanel.tsx'

/** What the workspace has decided for itself. */
export function WorkspacePage() {
  const settings = useQuery(queries.workspace())
  return (
    <>
      <PageHeader title={t('Workspace')}>{t('What holds for everybody here.')}</PageHeader>
      <div className={classes['stack']}>
        <Listing answer={settings}>
          {(data) => (
            <>
              <LooksPanel settings={data} />
              <RetentionPanel settings={data} />
              <RemoveDemo />
            </>
          )}
        </Listing>
      </div>
    </>
  )
}
