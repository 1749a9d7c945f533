import type { Browser, Seen } from '#test/browser.ts'

/** The headings of a file of referrals as one area writes them. */
export const headings = 'Ref,Forename,Surname,DOB,Tel,Post code,Referral source,Referral date,Consent'

/** A file of referrals with so many people; every seventh row has no date of birth. */
export function aFileOfReferrals(people: number, letter = 'R', first = headings): string {
  const rows = Array.from({ length: people }, (_, place) => {
    const born = place % 7 === 6 ? '' : '14/03/1981'
    return `${letter}${place},Person ${place},Brought,${born},01632 960123,LS1 4AP,GP,01/12/2025,yes`
  })
  return [first, ...rows, ''].join('\r\n')
}

/** Sends a file as somebody does on the page, and gives what they then see. */
export async function sendFile(
  browser: Browser,
  content: string | Uint8Array<ArrayBuffer>,
  { name = 'export.csv', source = '' } = {},
): Promise<Seen> {
  const page = await browser.open('/imports/referrals')
  const id = hiddenIn(page.html, 'id')
  const sent = await browser.sendFiles('/imports/referrals', { id, source }, [{ field: 'file', name, content }])
  return sent.location === undefined ? sent : browser.open(sent.location)
}

/** What a page sends without asking under this name. */
export function hiddenIn(html: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
}

/** The first address of a form on a page that ends so. */
export function actionIn(html: string, end: string): string {
  return new RegExp(`(?:form)?[aA]ction="([^"]*${end})"`).exec(html)?.[1] ?? ''
}
