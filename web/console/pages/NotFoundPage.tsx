import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { Nothing } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { paths } from '../paths.ts'
import { t } from '../language.ts'

export function NotFoundPage() {
  return (
    <>
      <PageHeader title={t('Not found')} />
      <Panel>
        <Nothing
          icon="search"
          title={t('There is no such page')}
          action={
            <Button component={Link} to={paths.home()} variant="default">
              {t('To Home')}
            </Button>
          }
        >
          {t('The address may be mistyped, or what it named is gone.')}
        </Nothing>
      </Panel>
    </>
  )
}
