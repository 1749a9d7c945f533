import { hidden, isSmall, type Shown } from '#programme/masking/rules.ts'

/** How often the form was begun and how many requests were sent by one link. */
export type Used = Readonly<{ started: number; sent: number }>

/** The same as its reader may see it. */
export type UsedAsShown = Readonly<{ started: Shown; sent: Shown }>

export const unused: Used = { started: 0, sent: 0 }

/**
 * Both numbers as a reader may see them. Where one is small both are hidden: how many sent a request is never more than a
 * few below how often it was begun.
 */
export function usedAsShown({ started, sent }: Used, below: number): UsedAsShown {
  const isHidden = isSmall(started, below) || isSmall(sent, below)
  return isHidden ? { started: hidden, sent: hidden } : { started, sent }
}

/** Whether a link is among those that are looked for: by a part of the name of its organisation, or by its code. */
export function isMeant(link: Readonly<{ organisationName: string; code: string }>, search: string | null): boolean {
  const typed = (search ?? '').trim().toLowerCase()
  return link.organisationName.toLowerCase().includes(typed) || link.code.toLowerCase() === typed
}

export const howCounted =
  'Begun counts who pressed the button on the page behind the link, once a day for each browser: opening the page or a preview of it counts nothing. Sent counts the requests that came by it. Nobody is told who they are, and the organisation sees neither number here.'
