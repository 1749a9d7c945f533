import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/app.ts'
import type { Browser, Fields } from '#test/browser.ts'

/** Sends a form that the product has to take. */
async function given(browser: Browser, path: string, fields: Fields): Promise<void> {
  const seen = await browser.send(path, fields)
  if (seen.status >= 400) throw new Error(`${path} answered ${seen.status}: ${seen.text.slice(0, 1500)}`)
}

/** The team is asked something about somebody, and they know. */
export async function beforeTheTeam(app: TestApp, episode: string): Promise<Readonly<Record<string, string>>> {
  const matter = newId()
  await given(await app.as(app.cast.coach), `/episodes/${episode}/matters`, {
    ...{ id: matter, asks: 'Would physiotherapy help before lifting again?', told: 'phone' },
    summary: 'Pain after an hour of standing; tried a chair, which helps for a while',
  })
  return { matter }
}
