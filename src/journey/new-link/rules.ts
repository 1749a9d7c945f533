/** Who waits for a new link, by what theirs was for, and whether one can be sent: said where the team reads it. */
export function whoWaits({ purpose, isClosed = false }: Readonly<{ purpose: string; isClosed?: boolean }>): string {
  return isClosed ? `${whoCannot(purpose)}, and none can be sent any more` : whoCannot(purpose)
}

function whoCannot(purpose: string): string {
  if (purpose === 'three-way') return 'Their employer cannot open the link'
  if (purpose === 'request') return 'Whoever was asked cannot open their link'
  if (purpose.startsWith('referral')) return 'Whoever referred them cannot open their link'
  return purpose === 'passport' ? 'Whoever got their passport cannot open the link' : 'They cannot open their link'
}

/** Where a request for a new link is handled. */
export function handledAt({ id, purpose, person, subject }: Handled): string {
  return purpose === 'request' && subject !== null ? `/requests/${subject}` : `/people/${person}/links/${id}`
}

type Handled = Readonly<{ id: string; purpose: string; person: string | null; subject: string | null }>

/** What stands in the way of sending a new link to where the first one went. */
export type Hindrance = 'not allowed' | 'not known where' | 'closed online'

export const hindrances: Readonly<Record<Hindrance, string>> = {
  'not allowed':
    'What allowed the link was taken back, or has ended: no new one can be sent. Tell them yourself, as far as you may.',
  'closed online':
    'Their online access is closed: nothing that leads online is sent to them, and links that went to them before do not open. Ring them, or tell them in person.',
  'not known where':
    'The first link did not go by email or text, so we do not know where to send another. Give them a new one yourself.',
}

/** What somebody reads who sends a new link where nobody waits for it any more. */
export const noOther = 'A new link was sent already, or a colleague said that none is needed. No other was sent.'
