import { createContext, useContext } from 'react'
import type { Language } from '#platform/language/rules.ts'

export type ShellArea = Readonly<{
  code: string
  name: string
  phone?: string | undefined
  crisisText?: string | undefined
  logo?: string | undefined
}>

export type ShellActor = Readonly<{ name: string; role: string; organisation: string; several: boolean }>

export type NavigationItem = Readonly<{
  href: string
  label: string
  count?: number | undefined
  /** `page` where it is open, `true` where a page below it is. */
  current: 'page' | 'true' | undefined
  /** The heading under which it stands on the page of everything else; undefined where it stands on every page. */
  under?: string | undefined
  /** What is found there, in a few words. */
  says?: string | undefined
}>

/** What was just done, and the form that takes it back where that can be. */
export type FlashMessage = Readonly<{
  text: string
  tone?: 'done' | 'caution'
  undo?: Readonly<{ action: string; label?: string; fields?: Readonly<Record<string, string>> }> | undefined
}>

/** The addresses of the hashed asset files, from `assetPaths()`. */
export type ShellAssets = Readonly<{
  stylesheet: string
  /** The same for languages written from the right. */
  mirrored: string
  script: string
  icon: string
}>

/** Everything that stands around the content of a page and does not come from the page itself. */
export type Shell = Readonly<{
  layout: 'public' | 'staff'
  service: string
  language: Language
  /** Whether no translator has checked the words of this language, neither for the product nor for this area. */
  draftLanguage: boolean
  /** The address of this page, to be read in another language. */
  here: string
  path: string
  /** The day the page is shown, as 2026-01-31: decides which entries of a code list have ended. */
  today: string
  csrf: string
  /** That this page was shown now, signed: a form that comes back at once was filled in by a program. */
  shownAt: string
  area: ShellArea | undefined
  actor: ShellActor | undefined
  /** The participant whose page it is, by the name they like to be called. */
  participant: Readonly<{ name: string }> | undefined
  /** Whether a participant is signed in at this browser, on their own page or another: leaving quickly signs them out. */
  signsOut: boolean
  navigation: readonly NavigationItem[]
  /** Whether this reader may look people up from any page. */
  search: boolean
  /** Whether `/` goes to the search box; a reader who steers by voice must be able to switch it off (WCAG 2.1.4). */
  shortcut?: boolean | undefined
  notices: readonly string[]
  flash: FlashMessage | undefined
  /** What a form of this page keeps its draft under, and whether it shows one that was kept. */
  draft?: Readonly<{ key: string; kept: boolean }> | undefined
  /** What its reader had written in the form that this page answers, or in the draft that it found. */
  written?: readonly string[] | undefined
  /** How many seconds the session lasts without a request; undefined when nobody is signed in. */
  sessionSeconds: number | undefined
  assets: ShellAssets
}>

/** The addresses the shell itself links to or sends forms to. */
export const shellAddresses = {
  home: '/',
  search: '/people/search',
  membership: '/memberships',
  more: '/more',
  signIn: '/sign-in',
  signOut: '/sign-out',
  session: '/session',
  own: '/my',
  ownSignIn: '/my/sign-in',
  ownSignOut: '/my/sign-out',
  ownExit: '/my/exit',
  drafts: '/drafts',
  draftRemoval: '/drafts/removal',
  accessibility: '/accessibility',
  privacy: '/privacy',
} as const

/** The name of the hidden field that proves a form came from our own page. */
export const csrfField = 'csrf'

/** The name of the hidden field that carries the version its reader saw. */
export const versionField = 'version'

/** Where "Leave this page quickly" goes: a page nobody minds being seen on. The only other host on any page. */
export const quickExit = 'https://www.bbc.co.uk/weather'

/** Where what was typed is forgotten on the way out. */
export function leavingAddress(area: ShellArea | undefined): string {
  return area ? `/in/${area.code}/leave` : '/leave'
}

export const ShellContext = createContext<Shell | undefined>(undefined)

/** What stands around this page: who is signed in, which area, which day. */
export function useShell(): Shell {
  const shell = useContext(ShellContext)
  if (!shell)
    throw new Error('A page was rendered without its shell: wrap it in ShellContext.Provider or use renderPage')
  return shell
}
