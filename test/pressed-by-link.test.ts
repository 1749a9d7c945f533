import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from './app.ts'
import type { Browser, Seen } from './browser.ts'
import { hoursOf } from './people/availability.ts'
import { withQuestionnaires } from './people/first-conversation.ts'
import type { Deed } from './pressed/forms.ts'
import { closed, deedsBehind, left, linesOf, openedBehind, type Sent, sentByLink } from './pressed/links.ts'
import { wrongAnswer, wrongRepeat } from './pressed/own.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  await hoursOf(app)
  await withQuestionnaires(app, 'north', ['phq-9'])
}, 60_000)
afterAll(() => app.close())

let tabs = 0
/** A tab of somebody who shares their connection with nobody, so that nothing is limited. */
const tabOf = ({ as }: Sent) => (as ? app.as(as) : Promise.resolve(app.visitor(`192.0.2.${(tabs += 1)}`)))

const each = Object.entries(sentByLink).map(([whom, { send }]) => [whom, send] as const)
const press = (tab: Browser, { action, fields }: Deed) => tab.send(action, fields)
const said = ({ fields }: Deed, wrong: string | undefined) =>
  wrong === undefined ? [] : [`${JSON.stringify(fields)} ${wrong}`]

/** What is wrong where somebody is told that it was not taken: what they typed has to stand there. */
function lost({ fields }: Deed, seen: Seen): string | undefined {
  const typed = Object.values(fields).flat().includes('Some words')
  if (seen.status < 400 || !typed || seen.html.includes('Some words')) return undefined
  return `was answered ${seen.status}, and what was typed is lost`
}

/** Presses in a tab that was opened before. */
async function late(tab: Browser, deeds: readonly Deed[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const deed of deeds) {
    const seen = await press(tab, deed)
    found.push(...said(deed, wrongAnswer(seen) ?? lost(deed, seen)))
  }
  return found
}

describe.each(each)('What is sent by a link to %s', (_whom, send) => {
  it('may be sent empty, and is asked again', async () => {
    const sent = await send(app)
    const tab = await tabOf(sent)
    const before = await openedBehind(tab, sent)
    const proof = /name="proof" value="([^"]+)"/.exec(before.html)?.[1]
    const empty = [await tab.send(sent.path), await tab.send(sent.path, proof === undefined ? {} : { proof })]

    expect(empty.map(wrongAnswer)).toEqual([undefined, undefined])
  })

  it('may be pressed twice, and is kept once', async () => {
    const found: string[] = []
    for (const way of ['one', 'other'] as const) {
      const sent = await send(app)
      const tab = await tabOf(sent)
      const deeds = await deedsBehind(tab, sent)
      for (const deed of way === 'one' ? deeds : deeds.toReversed()) {
        const first = await press(tab, deed)
        const kept = await linesOf(app, sent)
        const second = await press(tab, deed)
        found.push(...said(deed, wrongAnswer(first) ?? wrongRepeat(first, second)))
        if ((await linesOf(app, sent)) !== kept) found.push(...said(deed, 'left a second line'))
      }
    }

    expect(found).toEqual([])
  })

  it.each([
    ['the person left', left],
    ['the team went on', (_app: TestApp, { meanwhile }: Sent) => meanwhile?.()],
    ['the link was closed', closed],
  ] as const)('loses nothing that was typed where meanwhile %s', async (_what, happens) => {
    const sent = await send(app)
    const tab = await tabOf(sent)
    const deeds = await deedsBehind(tab, sent)
    await happens(app, sent)

    expect(await late(tab, deeds)).toEqual([])
  })
})

describe.each(each)('The same sent by a link to %s from a second tab', (_whom, send) => {
  it('is kept once', async () => {
    const found: string[] = []
    const first: Sent = await send(app)
    const tab = await tabOf(first)
    const count = (await deedsBehind(tab, first)).length
    for (let at = 0; at < count; at += 1) {
      const sent = at === 0 ? first : await send(app)
      const [one, other] = [await tabOf(sent), await tabOf(sent)]
      const [here, there] = [await deedsBehind(one, sent), await deedsBehind(other, sent)]
      const [deed, same] = [here[at], there[at]]
      if (!deed || !same) throw new Error('The page is not the same in another tab')
      await press(one, deed)
      const kept = await linesOf(app, sent)
      const seen = await press(other, same)
      found.push(...said(same, wrongAnswer(seen) ?? lost(same, seen)))
      if ((await linesOf(app, sent)) !== kept) found.push(...said(same, 'left a second line'))
      found.push(...(await late(other, there)))
    }

    expect(found).toEqual([])
  })

  it('at the very same moment is kept once', async () => {
    const sent = await send(app)
    const tabs = await Promise.all([tabOf(sent), tabOf(sent)])
    const pages: (readonly Deed[])[] = []
    for (const tab of tabs) pages.push(await deedsBehind(tab, sent))
    const before = await linesOf(app, sent)
    const seen = await Promise.all(
      tabs.map((tab, at) => {
        const deed = pages[at]?.[0]
        if (!deed) throw new Error('There is nothing to answer')
        return press(tab, deed)
      }),
    )

    expect(seen.flatMap((one) => wrongAnswer(one) ?? [])).toEqual([])
    expect((await linesOf(app, sent)) - before).toBeLessThanOrEqual(1)
  })
})
