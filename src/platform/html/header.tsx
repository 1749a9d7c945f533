import { Context } from './buttons.tsx'
import { PhoneLink } from './footer.tsx'
import { Form } from './form.tsx'
import { Said, useSay } from './say.tsx'
import { leavingAddress, quickExit, type Shell, type ShellActor, shellAddresses, useShell } from './shell.tsx'

/** Whose service this is, who is using it, and the ways through it. */
export function Header() {
  const { actor, participant, layout, search, navigation, shortcut = true } = useShell()
  return (
    <header className="ww-header">
      <div className="ww-header__bar">
        <div className="nhsuk-width-container ww-header__inner">
          <Brand />
          {layout === 'staff' && search ? <Search shortcut={shortcut} /> : null}
          {actor ? <Account actor={actor} /> : <Phone />}
          {participant ? <OwnAccount /> : null}
        </div>
      </div>
      {navigation.length > 0 ? <Navigation /> : null}
    </header>
  )
}

/** What a reader must know before anything else, such as that nobody here is real. */
export function Notices() {
  const { notices } = useShell()
  const say = useSay()
  if (notices.length === 0) return null
  return (
    <aside className="ww-notices" aria-label={say('About this site')}>
      {notices.map((notice) => (
        <p key={notice} className="nhsuk-width-container">
          {say(notice)}
        </p>
      ))}
    </aside>
  )
}

/**
 * A way out for somebody who must not be seen here. A stranger has a plain link, which forgets what they typed and leads
 * on. A participant is signed out by it and comes back to what they wrote: ending something takes a form. Script clears
 * the page at once and waits for neither.
 */
export function QuickExit() {
  const say = useSay()
  const { area, signsOut } = useShell()
  const way = {
    className: 'ww-exit__way',
    title: say('Or press the Escape key 3 times'),
    'data-quick-exit': quickExit,
  }
  return (
    <nav className="ww-exit" aria-label={say('Leave quickly')}>
      {signsOut ? (
        <Form action={shellAddresses.ownExit}>
          <button type="submit" {...way}>
            {say('Leave this page quickly')}
          </button>
        </Form>
      ) : (
        <a href={leavingAddress(area)} rel="nofollow noreferrer" {...way}>
          {say('Leave this page quickly')}
        </a>
      )}
    </nav>
  )
}

function Brand() {
  const { service, area, assets, participant } = useShell()
  return (
    <div className="ww-brand">
      <a className="ww-brand__home" href={participant ? shellAddresses.own : shellAddresses.home}>
        <img src={assets.icon} alt="" width={32} height={32} />
        <span>{service}</span>
      </a>
      {area ? (
        <span className="ww-brand__area">
          {area.logo ? <img src={area.logo} alt={area.name} height={32} /> : area.name}
        </span>
      ) : null}
    </div>
  )
}

// What is looked for never stands in an address, where it would be kept in histories and logs: so this is a POST.
const Search = ({ shortcut }: { shortcut: boolean }) => (
  <search className="ww-search">
    <Form action={shellAddresses.search}>
      <label className="nhsuk-u-visually-hidden" htmlFor="find-person">
        Find a person by name, reference, phone or NHS number
      </label>
      <input
        className="ww-search__input"
        id="find-person"
        name="search"
        type="search"
        autoComplete="off"
        spellCheck={false}
        placeholder="Name, reference or number"
        aria-keyshortcuts={shortcut ? '/' : undefined}
        data-search={shortcut ? '' : undefined}
      />
      <button className="ww-search__button" type="submit">
        Find
      </button>
    </Form>
  </search>
)

function Account({ actor }: { actor: ShellActor }) {
  return (
    <div className="ww-account">
      <p className="ww-account__who">
        <strong>{actor.name}</strong>
        <span>
          {actor.role}
          {actor.organisation ? <span className="ww-account__place">, {actor.organisation}</span> : null}{' '}
          {actor.several ? (
            <a href={shellAddresses.membership}>
              Change<Context>the role you are working in</Context>
            </a>
          ) : null}
        </span>
      </p>
      <Form action={shellAddresses.signOut} className="ww-account__leave">
        <button type="submit" className="ww-account__button">
          Sign out
        </button>
      </Form>
    </div>
  )
}

const OwnAccount = () => (
  <Form action={shellAddresses.ownSignOut} className="ww-account__leave">
    <button type="submit" className="ww-account__button">
      <Said text="Sign out" />
    </button>
  </Form>
)

function Phone() {
  const { area } = useShell()
  if (!area?.phone) return null
  return (
    <p className="ww-header__phone">
      <Said text="Call us: {phone}" with={{ phone: <PhoneLink number={area.phone} /> }} />
    </p>
  )
}

function Navigation() {
  const { navigation, path } = useShell()
  const say = useSay()
  const others = navigation.filter(({ under }) => under !== undefined)
  const within = others.some(({ current }) => current !== undefined) ? 'true' : undefined
  const more = {
    href: shellAddresses.more,
    label: 'More',
    current: path === shellAddresses.more ? 'page' : within,
  } as const
  return (
    <nav className="ww-navigation" aria-label={say('Main')}>
      <ul className="nhsuk-width-container ww-navigation__list">
        {navigation
          .filter(({ under }) => under === undefined)
          .map((item) => (
            <NavigationLink key={item.href} {...item} />
          ))}
        {others.length > 0 ? <NavigationLink {...more} /> : null}
      </ul>
    </nav>
  )
}

const NavigationLink = ({ href, label, count, current }: Shell['navigation'][number]) => (
  <li>
    <a className="ww-navigation__link" href={href} aria-current={current}>
      <Said text={label} />
      {count === undefined ? null : <span className="ww-navigation__count"> {count}</span>}
    </a>
  </li>
)
