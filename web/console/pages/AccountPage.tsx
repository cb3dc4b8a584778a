import type { Me } from '../api.d.ts'
import { PageHeader } from '../components/PageHeader.tsx'
import { t } from '../language.ts'
import { Passkeys } from './account/Passkeys.tsx'
import { Password } from './account/Password.tsx'
import { Sessions } from './account/Sessions.tsx'
import { TwoFactor } from './account/TwoFactor.tsx'
import classes from './HomePage.module.css'

/** How one signs in, and where one is signed in. */
export function AccountPage({ me }: { me: Me }) {
  return (
    <>
      <PageHeader title={t('Your account')}>{me.user?.email}</PageHeader>
      <div className={classes['stack']}>
        <Password me={me} />
        <TwoFactor />
        <Passkeys />
        <Sessions />
      </div>
    </>
  )
}
