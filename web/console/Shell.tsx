import { Burger, Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { Link, NavLink, useLocation } from 'react-router'
import { Account } from './Account.tsx'
import type { Me, Role } from './api.d.ts'
import { Icon, type IconName } from './components/Icon.tsx'
import { Mark } from './components/Mark.tsx'
import { reaches } from './may.ts'
import { console_url, hub_url, outside, paths } from './paths.ts'
import classes from './Shell.module.css'
import { speakAsWorkspace, t } from './language.ts'

interface Entry {
  name: string
  icon: IconName
  path: string
  /** To others the page has nothing to show. */
  role?: Role
}

const pages = [
  { name: t('Home'), icon: 'home', path: paths.home() },
  { name: t('Meetings'), icon: 'meetings', path: paths.meetings() },
  { name: t('People'), icon: 'people', path: paths.people() },
  { name: t('Places'), icon: 'places', path: paths.places() },
  { name: t('Reports'), icon: 'reports', path: paths.reports() },
  { name: t('Events'), icon: 'events', path: paths.events() },
] satisfies Entry[]

const settings: Entry[] = [
  { name: t('Workspace'), icon: 'home', path: paths.workspace() },
  { name: t('Zoom apps'), icon: 'app', path: paths.zoom_apps() },
  { name: t('Connections'), icon: 'link', path: paths.connections() },
  { name: t('Meeting defaults'), icon: 'meetings', path: paths.meeting_defaults() },
  { name: t('API keys'), icon: 'key', path: paths.api_keys(), role: 'admin' },
  { name: t('Audit log'), icon: 'audit', path: paths.audit(), role: 'admin' },
  { name: t('Jobs'), icon: 'repeat', path: paths.jobs() },
  { name: t('Members'), icon: 'person', path: paths.members(), role: 'admin' },
  { name: t('Your account'), icon: 'person', path: paths.account() },
]

/** What stands around every page: who and where one is, the ways to the others. On narrow screens the ways open by a button. */
export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const [opened, { toggle, close }] = useDisclosure()
  const main = useRef<HTMLElement>(null)
  useFreshPage(main, close)
  useColour(me.workspace.colour)
  useEffect(() => speakAsWorkspace(me.workspace.language), [me.workspace.language])
  useHotkeys([['Escape', close]])

  return (
    <div className={classes['shell']}>
      <a
        className={classes['skip']}
        href="#main"
        onClick={(click) => {
          click.preventDefault() // the address would be resolved against <base> and leave the page
          main.current?.focus()
        }}
      >
        {t('Skip to the content')}
      </a>
      <nav className={classes['nav']} aria-label={t('Main')}>
        <div className={classes['bar']}>
          <Link to={paths.home()} className={classes['brand']}>
            {me.workspace.logo_url ? (
              <img src={me.workspace.logo_url} alt="" className={classes['logo']} />
            ) : (
              <Mark size={26} />
            )}
            {t('Greenroom')}
          </Link>
          <Burger
            className={classes['burger']}
            opened={opened}
            onClick={toggle}
            size="sm"
            aria-label={opened ? t('Close menu') : t('Open menu')}
            aria-expanded={opened}
          />
        </div>
        <div className={classes['menu']} data-opened={opened || undefined}>
          <Workspace me={me} />
          <Entries entries={pages} onChosen={close} />
          <p className={classes['section']} id="settings">
            {t('Settings')}
          </p>
          <Entries
            entries={settings.filter(({ role }) => role === undefined || reaches(me.role, role))}
            onChosen={close}
            labelledBy="settings"
          />
          <div className={classes['foot']}>
            <a className={classes['entry']} href={outside.api_docs()} target="_blank" rel="noreferrer">
              <Icon name="book" size={17} />
              {t('API')}
            </a>
            <Account me={me} />
          </div>
        </div>
      </nav>
      <main id="main" ref={main} tabIndex={-1} className={classes['main']}>
        <div className={classes['page']}>{children}</div>
      </main>
    </div>
  )
}

/** A demo says so, beside its name or, where that is its name, instead of it. */
function Workspace({ me: { workspace, workspaces } }: { me: Me }) {
  const { name, demo } = workspace
  const isNamedDemo = demo && name === 'Demo'
  const hasOthers = workspaces.length > 1
  const shown = (
    <>
      <span className={classes['workspaceName']}>{isNamedDemo && !hasOthers ? t('Workspace') : name}</span>
      {demo && !(isNamedDemo && hasOthers) && <span className={classes['demo']}>{t('Demo')}</span>}
    </>
  )
  if (!hasOthers) return <p className={classes['workspace']}>{shown}</p>
  return (
    <Menu position="bottom-start" width="target">
      <Menu.Target>
        <UnstyledButton className={classes['workspace']} data-switch>
          <VisuallyHidden>{t('Change workspace')}</VisuallyHidden>
          {shown}
          <Icon name="down" size={14} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {workspaces.map((each) => (
          <Menu.Item
            key={each.id}
            onClick={() => enter(each.id)}
            {...(each.id === workspace.id && { 'aria-current': 'true' })}
          >
            {each.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Begins anew in another workspace: what is on the page belongs to this one. */
function enter(workspace_id: string): void {
  const secure = location.protocol === 'https:' ? '; secure' : ''
  document.cookie = `greenroom-workspace=${workspace_id}; path=${new URL(hub_url).pathname}; max-age=31536000; samesite=lax${secure}`
  location.assign(console_url)
}

function Entries({ entries, onChosen, labelledBy }: { entries: Entry[]; onChosen: () => void; labelledBy?: string }) {
  return (
    <ul className={classes['entries']} aria-labelledby={labelledBy}>
      {entries.map(({ name, icon, path }) => (
        <li key={path}>
          <NavLink to={path} end={path === '/'} className={classes['entry']} onClick={onChosen}>
            <Icon name={icon} size={17} />
            {name}
          </NavLink>
        </li>
      ))}
    </ul>
  )
}

/** Buttons in the colour of the workspace, which is known to carry white words. */
function useColour(colour: string | null) {
  useEffect(() => {
    const { style } = document.documentElement
    const names = ['--mantine-color-green-filled', '--mantine-primary-color-filled']
    for (const name of names) style.setProperty(name, colour)
    const hover = colour && `color-mix(in srgb, ${colour} 80%, black)`
    for (const name of names) style.setProperty(`${name}-hover`, hover)
  }, [colour])
}

/** After a change of page: at the top, with the keyboard at the content. The first page keeps the browser's own focus. */
function useFreshPage(main: RefObject<HTMLElement | null>, close: () => void) {
  const { pathname } = useLocation()
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current === pathname) return
    before.current = pathname
    close()
    window.scrollTo(0, 0)
    main.current?.focus({ preventScroll: true })
  }, [pathname, main, close])
}
