import type { ReactNode } from 'react'
import type { Problem } from '#platform/form/rules.ts'
import { directionOf, languages } from '#platform/language/rules.ts'
import { ErrorSummary } from './error-summary.tsx'
import { Flash } from './flash.tsx'
import { Footer } from './footer.tsx'
import { Form, type FormProps } from './form.tsx'
import { Header, Notices, QuickExit } from './header.tsx'
import { Languages } from './languages.tsx'
import { Said, said, useSay } from './say.tsx'
import { SessionEnding } from './session-ending.tsx'
import { type Shell, ShellContext, shellAddresses, useShell } from './shell.tsx'

export type Crumb = Readonly<{ href: string; label: string }>

/** The way up from a page: a link back, or breadcrumbs, never both. */
export type WayBack =
  | { back?: Readonly<{ href: string; label?: string }>; breadcrumbs?: never }
  | { back?: never; breadcrumbs?: readonly Crumb[] }

export type PageProps = WayBack &
  Readonly<{
    /** Names the page in the title and, unless `heading` says otherwise, in its one h1. */
    title: string
    /** Another heading than the title; `false` where a field of the page is its heading. */
    heading?: ReactNode
    /** A small line above the heading: whose record, which part of how many. */
    caption?: string
    /** A sentence under the heading, a little larger than the text. */
    lede?: ReactNode
    /** What can be done with the whole page, beside the heading. */
    actions?: ReactNode
    problems?: readonly Problem[]
    width?: 'reading' | 'wide'
    /** Sets the heading, lede and actions apart in a band: for the first page of a service. */
    hero?: boolean
    /** A page for professionals, which is kept in English alone whatever its reader chose elsewhere. */
    onlyInEnglish?: boolean
    /** Its reader is at work and here for somebody else: no word on their own benefits, and no hurry to leave. */
    atWork?: boolean
    children: ReactNode
  }>

/** A whole document: everything from the title to the footer, with the page's own content in the middle. */
export function Page(page: PageProps) {
  const shell = useShell()
  if (!page.onlyInEnglish) return <Document {...page} />
  return (
    <ShellContext value={{ ...shell, language: 'en' }}>
      <Document {...page}>
        <OnlyInEnglish cameFrom={shell} />
        {page.children}
      </Document>
    </ShellContext>
  )
}

function Document({ title, problems = [], width, hero, onlyInEnglish, atWork, children, ...top }: PageProps) {
  const shell = useShell()
  const say = useSay()
  return (
    <html lang={languages[shell.language].tag} dir={directionOf(shell.language)} className={classOf(shell)}>
      <Head title={`${problems.length > 0 ? say('Error: ') : ''}${say(title)} – ${shell.service}`} />
      <body {...scriptSettings(shell)}>
        <a className="nhsuk-skip-link" href="#maincontent">
          {say('Skip to main content')}
        </a>
        <Notices />
        <Header />
        {shell.layout === 'public' && !atWork ? <QuickExit /> : null}
        {shell.layout === 'public' && !onlyInEnglish ? <Languages /> : null}
        <div className="nhsuk-width-container">
          <Up {...top} />
        </div>
        <main id="maincontent" tabIndex={-1}>
          {hero ? <Hero title={title} {...top} /> : null}
          <div className="nhsuk-width-container nhsuk-main-wrapper">
            <div className={(width ?? usualWidth[shell.layout]) === 'reading' ? 'ww-reading' : undefined}>
              <ErrorSummary problems={problems} />
              <Flash />
              {hero ? null : <Heading title={title} {...top} />}
              {children}
            </div>
          </div>
        </main>
        <Footer atWork={atWork} />
        <SessionEnding />
      </body>
    </html>
  )
}

/** Said to whoever came in another language, in that language: the page is for professionals and in English alone. */
function OnlyInEnglish({ cameFrom }: Readonly<{ cameFrom: Shell }>) {
  const { language } = cameFrom
  if (language === 'en') return null
  return (
    <ShellContext value={cameFrom}>
      <p lang={languages[language].tag} dir={directionOf(language)}>
        <Said text="This page is for people at work and is only in English. If you want to use it and need another language, ring us." />
      </p>
    </ShellContext>
  )
}

/** A page that is one form: the problems stand at its top and each field shows its own. */
export function FormPage(props: PageProps & FormProps) {
  const { action, children, problems = [], typed, edits, draft, files, fields, ...page } = props
  return (
    <Page {...page} problems={problems}>
      <Form {...{ action, problems, typed, edits, draft, files, fields }}>{children}</Form>
    </Page>
  )
}

// Easy read is set larger, with each idea on a line of its own.
const classOf = ({ layout, language }: Shell): string =>
  language === 'easy-read' ? `ww-${layout} ww-easy-read` : `ww-${layout}`

function Head({ title }: { title: string }) {
  const { assets, language } = useShell()
  return (
    <head>
      <meta charSet="utf-8" />
      <title>{title}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="theme-color" content="#123f4c" />
      <meta name="format-detection" content="telephone=no" />
      <link rel="stylesheet" href={directionOf(language) === 'rtl' ? assets.mirrored : assets.stylesheet} />
      <link rel="icon" href={assets.icon} type="image/svg+xml" />
      <script type="module" src={assets.script} />
    </head>
  )
}

function Up({ back, breadcrumbs = [] }: WayBack) {
  const say = useSay()
  const { navigation } = useShell()
  if (back) {
    return (
      <nav aria-label={say('Back')}>
        <a className="nhsuk-back-link" href={back.href}>
          {say(back.label ?? 'Back')}
        </a>
      </nav>
    )
  }
  // A page may be open to somebody to whom the list it belongs to is not.
  const open = breadcrumbs.filter(({ href }) => navigation.some((item) => item.href === href.split('?')[0]))
  if (open.length === 0) return null
  return (
    <nav className="ww-crumbs" aria-label={say('Breadcrumb')}>
      <ol>
        {open.map(({ href, label }) => (
          <li key={href}>
            <a href={href}>{say(label)}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

type HeadingProps = Pick<PageProps, 'title' | 'heading' | 'caption' | 'lede' | 'actions'>

function Heading({ title, heading = title, caption, lede, actions }: HeadingProps) {
  const say = useSay()
  if (heading === false) return null
  return (
    <div className="ww-heading">
      <div>
        <h1 className="nhsuk-heading-l">
          {caption === undefined ? null : <span className="nhsuk-caption-m">{say(caption)} </span>}
          {said(say, heading)}
        </h1>
        {lede ? <p className="nhsuk-lede-text">{said(say, lede)}</p> : null}
      </div>
      {actions ? <div className="ww-heading__actions">{actions}</div> : null}
    </div>
  )
}

const Hero = (props: HeadingProps) => (
  <div className="ww-hero">
    <div className="nhsuk-width-container">
      <Heading {...props} />
    </div>
  </div>
)

const usualWidth = { public: 'reading', staff: 'wide' } as const

function scriptSettings({ sessionSeconds, csrf, participant }: Shell) {
  return {
    'data-csrf': csrf,
    'data-drafts': shellAddresses.drafts,
    'data-session': shellAddresses.session,
    'data-session-seconds': sessionSeconds,
    'data-sign-in': participant ? shellAddresses.ownSignIn : shellAddresses.signIn,
  }
}
