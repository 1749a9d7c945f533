import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser } from '#test/browser.ts'
import { aSentOnward } from '#test/people/onward.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

/** The newest link that the page of an onward referral shows as given out, as its form carries it. */
async function seenBy(browser: Browser, onward: string): Promise<string> {
  const { html } = await browser.open(`/onward/${onward}`)
  return /name="sent" value="([^"]+)"/.exec(html)?.[1] ?? ''
}

const messagesTo = async (onward: string) =>
  (await app.owner.query('select id from notify.message where about = $1', [onward])).rows.length

describe('Sending a service a new link', () => {
  it('a second time with the same page sends no other, and says when the first went', async () => {
    const { onward, browser } = await aSentOnward(app)
    const form = { sent: await seenBy(browser, onward) }
    const first = await browser.sendAndFollow(`/onward/${onward}/link`, form)
    const again = await browser.sendAndFollow(`/onward/${onward}/link`, form)
    const anew = await browser.sendAndFollow(`/onward/${onward}/link`, { sent: await seenBy(browser, onward) })

    expect(first.text).toMatch(/A new link is on its way, to the same address.*Newest link Given out/)
    expect(again.text).toMatch(/A new link was sent already, .*, to the same address. No other was sent./)
    expect(anew.text).toContain('A new link is on its way, to the same address')
    expect(await messagesTo(onward)).toBe(3)
  })

  it('by two people at the same moment sends one', async () => {
    const { onward, browser } = await aSentOnward(app)
    const form = { sent: await seenBy(browser, onward) }
    const other = await app.as(app.cast.manager)
    const both = await Promise.all([browser, other].map((one) => one.send(`/onward/${onward}/link`, form)))

    expect(both.map(({ status }) => status)).toEqual([303, 303])
    expect(await messagesTo(onward)).toBe(2)
  })
})
