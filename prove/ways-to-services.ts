import { newId } from '#platform/ids.ts'
import { stoppedKind } from '#journey/onward-sending/rules.ts'
import { aSentOnward, anInbox, onwardLink } from '#test/people/onward.ts'
import type { TestApp } from '#test/app.ts'
import { everyPage } from '#test/neighbours/fhir-asking.ts'
import { anAskedTask, answerTask, aServiceSystem } from '#test/people/asked-task.ts'
import { agreeing, type Way, wentTo } from './ways.ts'

export const passedOn: Way = {
  way: 'a service to which somebody was passed on before they said no',
  async learnt(app) {
    const email = `${newId()}@outside.example.org`
    const { browser, onward, person } = await aSentOnward(app, { also: { email } })
    const before = await wentTo(app, email)
    // Where another question is not asked, nothing goes to begin with.
    if (before.length === 0) return []
    const link = await onwardLink(app, onward)
    const { html } = await browser.open(`/onward/${onward}`)
    const sent = /name="sent" value="([^"]+)"/.exec(html)?.[1] ?? ''
    await agreeing(app, person, { onward: 'no' })
    await browser.send(`/onward/${onward}/link`, { sent })
    const page = await browser.open(`/onward/${onward}`)
    const opened = await app.visitor().open(link)
    return [
      // That the referral is taken back is told at once, with a reference and nothing of anybody.
      ...(await wentTo(app, email))
        .slice(before.length)
        .filter((kind) => kind !== stoppedKind)
        .map(() => 'it was sent again'),
      ...(page.text.includes('They took back their yes') ? [] : ['the coach reads that it may go on']),
      ...(opened.status === 200 ? ['behind the link'] : []),
    ]
  },
}

/** What is printed or downloaded to be handed over, once its person says no. */
export const handedOver: Way = {
  way: 'the hand-over pack of somebody who said no after it was made',
  async learnt(app) {
    const { browser, onward, person } = await aSentOnward(app)
    const at = `/onward/${onward}/pack`
    // Where another question is not asked, nothing is handed over to begin with.
    if ((await browser.open(at)).status !== 200) return []
    await agreeing(app, person, { onward: 'no' })
    const [page, file] = [await browser.open(at), await browser.open(`${at}.json`)]
    return [
      ...(page.status === 200 ? ['the pack on paper'] : []),
      ...(file.status === 200 ? ['the pack as a file'] : []),
    ]
  },
}

/** The inbox of a service, in which its people read what they were sent until its person says no. */
export const inTheInbox = (how: string, happens: (app: TestApp, person: string) => Promise<unknown>): Way => ({
  way: `the inbox of a service to which somebody was passed on before ${how}`,
  async learnt(app) {
    const { onward, person, service } = await aSentOnward(app)
    await anInbox(app, service)
    const worker = await app.as(app.cast.serviceWorker)
    const before = await worker.open(`/inbox/${onward}`)
    // Where another question is not asked, nothing was sent to begin with.
    if (before.status === 404) return []
    await happens(app, person)
    const [list, page] = [await worker.open(`/inbox?service=${service}`), await worker.open(`/inbox/${onward}`)]
    return [...(list.html.includes(onward) ? ['on the list'] : []), ...(page.status === 404 ? [] : ['on the page'])]
  },
})

/** The system of a service, which read and answered what it was asked until its person says no. */
export const byItsSystem = (how: string, happens: (app: TestApp, person: string) => Promise<unknown>): Way => ({
  way: `the system of a service to which somebody was passed on before ${how}`,
  async learnt(app) {
    const { onward, person, path, system } = await anAskedTask(app)
    const before = await system.ask('GET', path)
    // Where another question is not asked, nothing was sent to begin with.
    if (before.status === 404) return []
    await answerTask(system, path, { status: 'accepted' })
    await happens(app, person)
    const later = await aServiceSystem(app)
    const listed = (await everyPage(later, '/Task')).flat().some(({ id }) => id === onward)
    const [read, put] = [await later.ask('GET', path), await later.ask('PUT', path, before.text)]
    return [
      ...(listed ? ['on the list'] : []),
      ...(read.status === 404 ? [] : ['by its id']),
      ...(put.status === 404 ? [] : ['by an answer']),
    ]
  },
})
