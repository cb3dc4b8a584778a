import { Link } from 'react-router'
import { ForRole } from '../../components/ForRole.tsx'
import { Icon } from '../../components/Icon.tsx'
import { SideDrawer } from '../../components/SideDrawer.tsx'
import { paths } from '../../paths.ts'
import type { AddProps, Kind } from '../../places/kind.ts'
import { kinds } from '../../places/kinds.ts'
import classes from './NewPlaceDrawer.module.css'
import { t } from '../../language.ts'

interface NewPlaceDrawerProps extends AddProps {
  /** null while it is closed, '' while no kind is chosen. */
  kind: string | null
  onClose: () => void
}

/** First which kind of place, then what that kind asks for. */
export function NewPlaceDrawer({ kind, onAdded, onClose }: NewPlaceDrawerProps) {
  const chosen = kinds[kind ?? '']
  return (
    <SideDrawer
      opened={kind !== null}
      onClose={onClose}
      title={chosen ? t('Add a place: {{word}}', { word: chosen.word }) : t('Add a place')}
    >
      <ForRole role="admin">
        {chosen ? (
          <>
            <Link to={paths.new_place()} replace className={classes['back']}>
              <Icon name="back" size={13} /> {t('Another kind')}
            </Link>
            <chosen.Add onAdded={onAdded} />
          </>
        ) : (
          <ul className={classes['kinds']}>
            {Object.entries(kinds).map(([name, each]) => (
              <li key={name}>
                <Choice name={name} kind={each} />
              </li>
            ))}
          </ul>
        )}
      </ForRole>
    </SideDrawer>
  )
}

function Choice({ name, kind }: { name: string; kind: Kind }) {
  return (
    <Link to={paths.new_place(name)} replace className={classes['kind']}>
      <span className={classes['sign']}>
        <Icon name={kind.icon} size={19} />
      </span>
      <span className={classes['words']}>
        <span className={classes['word']}>{kind.word}</span>
        <span className={classes['says']}>{kind.says}</span>
      </span>
      <Icon name="more" size={15} />
    </Link>
  )
}
