import { AppShell, Burger } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type ReactNode, useEffect, useRef } from 'react'
import { Link, NavLink, useLocation } from 'react-router'
import { Account } from './Account.tsx'
import { Icon, type IconName } from './components/Icon.tsx'
import { Mark } from './components/Mark.tsx'
import { outside, paths } from './paths.ts'
import classes from './Shell.module.css'
import type { Me } from './api.d.ts'

const pages = [
  { name: 'Home', icon: 'home', path: paths.home() },
  { name: 'Meetings', icon: 'meetings', path: paths.meetings() },
  { name: 'Events', icon: 'events', path: paths.events() },
] satisfies Entry[]

const settings = [{ name: 'Zoom apps', icon: 'app', path: paths.zoom_apps() }] satisfies Entry[]

interface Entry {
  name: string
  icon: IconName
  path: string
}

/** What stands around every page: who and where one is, the ways to the others. */
export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const [opened, { toggle, close }] = useDisclosure()
  const main = useRef<HTMLElement>(null)
  useFreshPage(main, close)

  return (
    <AppShell
      header={{ height: { base: 52, sm: 0 } }}
      navbar={{ width: 228, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      withBorder={false}
    >
      <a
        className={classes['skip']}
        href={paths.home()}
        onClick={(click) => {
          click.preventDefault() // a plain #main would be resolved against <base> and leave the page
          main.current?.focus()
        }}
      >
        Skip to the content
      </a>
      <AppShell.Header hiddenFrom="sm" className={classes['header']}>
        <Brand />
        <Burger
          opened={opened}
          onClick={toggle}
          size="sm"
          aria-label={opened ? 'Close menu' : 'Open menu'}
          aria-expanded={opened}
        />
      </AppShell.Header>
      <AppShell.Navbar className={classes['navbar']} aria-label="Main">
        <div className={classes['brand']}>
          <Brand />
        </div>
        <p className={classes['workspace']}>
          <span className={classes['workspaceName']}>{me.workspace.name}</span>
          {me.workspace.demo && <span className={classes['demo']}>Demo</span>}
        </p>
        <Entries entries={pages} onChosen={close} />
        <p className={classes['section']} id="settings">
          Settings
        </p>
        <Entries entries={settings} onChosen={close} labelledBy="settings" />
        <div className={classes['foot']}>
          <a className={classes['entry']} href={outside.api_docs()} target="_blank" rel="noreferrer">
            <Icon name="book" size={17} />
            API
          </a>
          <Account me={me} />
        </div>
      </AppShell.Navbar>
      <AppShell.Main ref={main} tabIndex={-1} className={classes['main']}>
        <div className={classes['page']}>{children}</div>
      </AppShell.Main>
    </AppShell>
  )
}

function Brand() {
  return (
    <Link to={paths.home()} className={classes['name']}>
      <Mark size={26} />
      Greenroom
    </Link>
  )
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

/** After a change of page: at the top, with the keyboard at the content, the menu closed. The first page keeps the browser's own focus. */
function useFreshPage(main: React.RefObject<HTMLElement | null>, close: () => void) {
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
