import { globSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogueIn } from '#platform/language/catalogues.ts'
import { translated } from '#platform/language/rules.ts'
import { issueLink } from '#platform/link/links.ts'
import { wordsProblems } from '#registers/templates/rules.ts'
import { findWords } from '#registers/templates/store.ts'
import { noticeTemplates } from '#journey/message/rules.ts'
import { templates } from '#writing-pages.ts'
import { startApp, type TestApp } from './app.ts'
import type { Browser, Seen } from './browser.ts'
import { anEpisode } from './people/episode.ts'
import { anAgreedPlan, aPhasedReturn } from './people/plan.ts'
import { aReferral } from './people/referral.ts'
import { aService } from './people/services.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  const { organisation } = app.cast.administrator
  const usual = `insert into areas.setting (area, name, from_on, value, set_at) values ('north', $1, '2025-01-01', $2, now())`
  await app.owner.query(usual, ['receivingOrganisation', JSON.stringify(organisation)])
})
afterAll(() => app.close())

const { messages } = catalogueIn('ar')
const wordsIn = (text: string) => text.match(/[A-Za-z]{2,}/g) ?? []
// Names that no language translates, what a test typed, and what the Arabic itself leaves in Latin letters.
const names = [
  'north',
  'south',
  'Robin',
  'Marsh',
  'robin',
  'example',
  'org',
  'WW',
  'LS',
  'AP',
  'http',
  'localhost',
  'Lead',
  'Provider',
  'Carol',
  'Coach',
]
// What was typed in English stays as it was typed.
const typed = /I want to be back at my desk three days a week|Ask for a phased return|A chair with arms|Phones only/g
const known = new Set([...names, ...Object.values(messages).flatMap(wordsIn)])

/** The words of a page that somebody sees or hears, without what is in a language of its own. */
function englishOn({ html }: Seen): string[] {
  const seen = html
    .replaceAll(/<(script|style|select|code|textarea)\b[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<nav class="ww-languages[\s\S]*?<\/nav>/g, ' ')
    .replaceAll(/<(p|span|bdi)\b[^>]*\blang="en"[\s\S]*?<\/\1>/g, ' ')
  const heard = [
    ...seen.matchAll(/\b(?:aria-label|placeholder|data-copied|data-by-hand|data-saved|data-unsaved)="([^"]*)"/g),
  ]
  const text = seen.replaceAll(/<[^>]*>/g, ' ').replaceAll(/&[a-z]+;|&#x?\w+;/g, ' ')
  const unpuzzled = text.replaceAll(typed, ' ').replaceAll(/\bWW-[\w-]+|\S+@\S+|https?:\/\/\S+|\/l\/\S+/g, ' ')
  return [...wordsIn(unpuzzled), ...heard.flatMap(([, words = '']) => wordsIn(words))].filter(
    (word) => !known.has(word),
  )
}

/** A message that is sent in Polish leads on in Polish, and whoever has chosen another language keeps that. */
async function leadsOnInPolish() {
  const facts = { space: 'http://localhost/my', phone: null }
  const asked = { area: 'north', template: noticeTemplates.notice, format: 'email', facts } as const
  const write = (language: string) => app.inArea('north', (db) => findWords(db, { ...asked, reader: { language } }))
  const [polish, french] = [(await write('Polish')).body, (await write('French')).body]
  const [fresh, other] = [app.visitor(), app.visitor()]
  const first = await fresh.open('/my?in=pl')
  await other.open('/?language=cy')

  expect([polish.includes('/my?in=pl'), french.includes('in=')]).toEqual([true, false])
  expect(first.status).toBe(303)
  expect((await fresh.open(first.location ?? '')).html).toContain('<html lang="pl"')
  expect((await fresh.open('/in/north')).html).toContain('<html lang="pl"')
  expect((await other.open('/in/north?in=pl')).html).toContain('<html lang="cy"')
}

const looked: string[] = []
function looksArabic(page: Seen, at: string): Seen {
  looked.push(at)
  expect([at, englishOn(page)]).toEqual([at, []])
  expect([at, /<html[^>]*>/.exec(page.html)?.[0]]).toEqual([at, expect.stringMatching(/lang="ar" dir="rtl"/)])
  expect(page.html).toMatch(/href="\/assets\/workwell-rtl/)
  return page
}

const inArabic = async (): Promise<Browser> => {
  const stranger = app.visitor()
  await stranger.open('/?language=ar')
  return stranger
}

/** Sends a part of asking for help, wrong first, and gives the page it leads to. */
async function answer(
  stranger: Browser,
  part: string,
  wrong: readonly Record<string, string | string[]>[],
  right: object,
) {
  const path = `/in/north/refer-yourself/${part}`
  looksArabic(await stranger.open(path), path)
  for (const given of wrong) {
    const refused = await stranger.send(path, given)
    expect([part, given, refused.status]).toEqual([part, given, 422])
    looksArabic(refused, `${path} ${JSON.stringify(given)}`)
  }
  return stranger.sendAndFollow(path, { ...right })
}

// What a participant opens without anything in the address.
const ownPages = [
  ...[
    'messages',
    'agreements',
    'copy',
    'corrections',
    'safety-plan',
    'passport',
    'work',
    'passport/introduction',
    'team',
    'questions',
    'appointments',
    'changes',
    'plan',
    'readers',
  ],
  ...['agreements/take-part', 'details', 'details/times', 'details/needs', 'details/language', 'details/ways/new'],
]

/** What they said is wrong in their record: one waits for its answer, and one stays as it is. */
async function showsAnswersInArabic(own: Browser, person: string) {
  const coach = await app.as(app.cast.coach)
  const asked = { about: 'said', says: 'WW', how: 'telephone', ...day('askedOn') }
  const [waits, stays] = [crypto.randomUUID(), crypto.randomUUID()]
  for (const id of [waits, stays]) await coach.send(`/people/${person}/corrections`, { ...asked, id })
  await coach.send(`/corrections/${stays}`, { result: 'noted', words: 'WW' })
  looksArabic(await own.send('/my/corrections', { id: crypto.randomUUID() }), 'what is wrong without a word')
  const form = { id: crypto.randomUUID(), about: 'who', says: 'WW' }
  const page = looksArabic(await own.sendAndFollow('/my/corrections', form), 'what they said is wrong')
  expect(page.text).toContain('0303 123 1113')
}

const day = (name: string) => ({ [`${name}-day`]: '5', [`${name}-month`]: '1', [`${name}-year`]: '2026' })

describe('Every page of the public in Arabic', () => {
  it('says nothing in English and is laid out from the right', async () => {
    const stranger = await inArabic()
    const link = '/l/north.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq'
    const pages = [
      '/',
      '/my-area',
      '/benefits',
      '/privacy',
      '/accessibility',
      '/nowhere',
      '/in/north',
      '/in/north/privacy',
    ]
    for (const path of [...pages, link]) looksArabic(await stranger.open(path), path)
    looksArabic(await stranger.send('/my-area', { postcode: 'zz' }), 'looking up nothing that is a place')
    looksArabic(await stranger.send('/my-area', {}), 'looking up nothing')
  })

  it('asks for help, finds fault and confirms in Arabic', async () => {
    const stranger = await inArabic()
    const reach = { givenName: 'Robin', familyName: 'Marsh' }
    const wrongReach = [{}, { ...reach, phone: 'x', email: 'x' }, { ...reach, safe: ['call', 'email', 'post'] }]
    await answer(stranger, 'name', wrongReach, { ...reach, email: 'robin@example.org', safe: 'email' })
    const born = { 'bornOn-day': '2', 'bornOn-month': '6', 'bornOn-year': '1990' }
    const wrongHome = [
      {},
      { ...born, 'bornOn-year': '2090', postcode: 'x', nhsNumber: '1' },
      { ...born, 'bornOn-year': '1900' },
    ]
    await answer(stranger, 'home', wrongHome, { ...born, postcode: 'LS1 4AP' })
    const noDay = { fitNote: 'yes', 'fitNoteEndsOn-day': '40' }
    await answer(stranger, 'work', [noDay, { workStatus: 'nonsense' }], { workStatus: 'off-sick', fitNote: 'no' })
    const help = { mainBarrier: 'physical', accessNeeds: ['easy-read', 'bsl'], howHeard: 'gp' }
    const check = await answer(stranger, 'help', [], help)
    looksArabic(check, 'check')
    expect(check.html).toContain('<bdi>Robin Marsh</bdi>')
    const id = /name="id" value="([^"]+)"/.exec(check.html)?.[1] ?? ''
    const sent = looksArabic(
      await stranger.sendAndFollow('/in/north/refer-yourself/check', { id, wording: '1' }),
      'sent',
    )
    expect(sent.status).toBe(200)
    looksArabic(await stranger.sendAndFollow('/in/north/refer-yourself/fresh-start'), 'a fresh start')
  })

  it('tells where a request stands in Arabic, and why a link does not open', async () => {
    const { id, person } = await aReferral(app)
    const until = (hours: number) => ({ expiresAt: app.clock.now.add({ hours }), by: null, now: app.clock.now })
    const of = { area: 'north', purpose: 'come-back', person, subject: id, allowedBy: 'asked-for' }
    const [open, old] = await app.inArea('north', (db) =>
      Promise.all([issueLink(db, { ...of, ...until(1) }), issueLink(db, { ...of, ...until(-1) })]),
    )
    const stranger = await inArabic()

    looksArabic(await stranger.open(open), 'where it stands')
    looksArabic(await stranger.open(old), 'a link that expired')
  })

  it('shows a person their own pages in Arabic', async () => {
    const { person } = await aReferral(app)
    const own = await app.asParticipant(person)
    const stranger = await inArabic()
    for (const path of ['/in/north/sign-in', '/in/north/your-record']) looksArabic(await stranger.open(path), path)
    looksArabic(await own.open('/my?language=ar'), '/my')
    for (const page of ownPages) looksArabic(await own.open(`/my/${page}`), page)
    const { rows } = await app.owner.query('select id from people.means where person = $1', [person])
    const way = `/my/details/ways/${rows[0].id}`
    looksArabic(await own.open(way), way)
    looksArabic(await own.send('/my/details/ways/new', {}), 'a way to reach them that says nothing')
    const added = { id: crypto.randomUUID(), kind: 'mobile', mobile: '07700 900555', use: 'yes' }
    looksArabic(await own.send('/my/details/ways/new', { ...added, mobile: 'x' }), 'a number that is none')
    looksArabic(await own.sendAndFollow('/my/details/ways/new', added), 'the code of a way')
    looksArabic(await own.send(`/my/details/ways/${added.id}/code`, { code: '1' }), 'a wrong code')
    looksArabic(await own.open('/my/details'), 'a way that is not confirmed')
  })

  it('shows a person their plan, who read of them and how they leave in Arabic', async () => {
    const { person, episode, goals } = await anAgreedPlan(app)
    await aPhasedReturn(app, { coach: app.cast.coach, episode })
    const own = await app.asParticipant(person)
    const coach = await app.as(app.cast.coach)
    const added = { what: 'WW', owner: 'service', 'due-day': '2', 'due-month': '2', 'due-year': '2026' }
    await coach.send(`/goals/${goals[0]?.id}/actions`, { id: crypto.randomUUID(), ...added })
    for (const page of ['', '/details', '/agreements', '/messages']) await coach.open(`/people/${person}${page}`)
    for (const path of [
      '/my/plan?language=ar',
      '/my/plan/print',
      `/my/actions/${goals[0]?.action ?? ''}`,
      '/my/readers',
    ])
      looksArabic(await own.open(path), path)
    const copy = { id: crypto.randomUUID(), note: '' }
    looksArabic(await own.sendAndFollow('/my/copy', copy), 'a copy that was asked for')
    await showsAnswersInArabic(own, person)
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()]
    looksArabic(await own.open('/my/leaving'), 'leaving')
    looksArabic(await own.send('/my/leaving', { id: first }), 'leaving without a word')
    looksArabic(await own.sendAndFollow('/my/leaving', { id: first, wish: 'call-first' }), 'a call that is awaited')
    looksArabic(await own.sendAndFollow('/my/leaving', { id: second, wish: 'stop', why: 'time' }), 'who has left')
    for (const path of ['/my', '/my/appointments', '/my/messages'])
      looksArabic(await own.open(path), `${path} after it`)
    looksArabic(await own.sendAndFollow('/my/leaving/withdrawal'), 'who changed their mind')
  })

  it('shows what stands at a message and at an appointment in Arabic', async () => {
    const { person } = await anEpisode(app)
    const own = await app.asParticipant(person)
    await own.open('/my?language=ar')
    looksArabic(await own.send('/my/messages', {}), 'a message without words')
    looksArabic(await own.sendAndFollow('/my/messages', { id: crypto.randomUUID(), words: 'WW' }), 'a message')
    looksArabic(await own.send('/my/agreements/take-part', {}), 'no answer')
    for (const part of ['times', 'needs', 'language'])
      looksArabic(await own.sendAndFollow(`/my/details/${part}`, { version: '1' }), `${part} that were saved`)
  })

  it('shows the directory for everybody in Arabic', async () => {
    const service = await aService(app, {
      name: 'WW',
      at: {},
      waitWeeks: 3,
      openings: [{ day: 1, opens: '09:00', closes: '10:00', location: null }],
    })
    const stranger = await inArabic()
    const near = '/in/north/support-near-you'
    for (const path of ['', `/${service}`]) looksArabic(await stranger.open(`${near}${path}`), path)
    for (const typed of [{ words: 'zebra', place: 'Riverton' }, { words: 'advce' }])
      looksArabic(await stranger.sendAndFollow(near, typed), typed.words)
  })

  it('says in Arabic of the form for professionals that it is in English alone', async () => {
    const words = Object.keys(catalogueIn('ar').messages).filter((text) =>
      text.startsWith('This page is for people at work and is only'),
    )
    const { html } = await (await inArabic()).open('/in/north/refer')

    expect(words.map((text) => catalogueIn('ar').messages[text] ?? '')).toHaveLength(1)
    for (const text of words) expect(html).toContain(catalogueIn('ar').messages[text])
    expect(html).toContain('<html lang="en"')
    expect((await app.visitor().open('/in/north/refer')).text).not.toContain('only in English')
  })

  it('was looked at', () => {
    expect(looked.length).toBeGreaterThan(25)
  })
})

describe('A message to a person', () => {
  const toPeople = templates.filter(({ to }) => to === 'person' || to === 'anybody')

  it.each(['en', ...translated] as const)('does not say in %s what it is about, and has its facts', (language) => {
    const said = (text: string) => (language === 'en' ? text : (catalogueIn(language).messages[text] ?? ''))
    expect(toPeople.length).toBeGreaterThan(10)
    for (const { own, ...template } of toPeople) {
      const words = { subject: said(own.subject), body: said(own.body) }
      expect([template.code, wordsProblems({ ...template, own }, words)]).toEqual([template.code, []])
    }
  })
})

describe('Easy read', () => {
  const { messages: easy } = catalogueIn('easy-read')
  const sentences = (text: string) => text.split(/\n|(?<=[.?!]) +/).filter((sentence) => sentence.trim() !== '')
  // Said to whoever sets the product up, on a page that has no area yet.
  const onTheCommandLine =
    'The first area and its administrator are made on the command line: npm run workwell -- setup'

  it('says one thing in a sentence, and no sentence has more than fifteen words', () => {
    const long = Object.values(easy)
      .filter((text) => text !== onTheCommandLine)
      .flatMap(sentences)
      .filter((sentence) => sentence.replaceAll(/\{[^}]*\}/g, 'x').split(/\s+/).length > 15)

    expect(long).toEqual([])
  })

  it('shows a drawing beside each main idea, which says nothing that the words do not', async () => {
    const { person } = await aReferral(app)
    const me = await app.asParticipant(person)
    const [easyPage, plain] = [await me.open('/my?language=easy-read'), await me.open('/my?language=en')]

    expect(easyPage.html.match(/<svg class="ww-picture"[^>]* aria-hidden="true"/g)?.length).toBeGreaterThan(5)
    expect(plain.html).not.toContain('ww-picture')
  })
})

describe('What is said on pages', () => {
  const said = globSync('src/**/*.tsx').flatMap((file) => {
    const source = readFileSync(file, 'utf8')
    if (!/from '(#platform\/html|\.)\/say\.tsx'/.test(source)) return []
    const literals = [/<Said\s+text="([^"]+)"/g, /\bsay\('((?:[^'\\]|\\.)+)'/g].flatMap((one) => [
      ...source.matchAll(one),
    ])
    return literals.map(([, text = '']) => [text, file] as const)
  })

  it('is there in every language', () => {
    expect(said.length).toBeGreaterThan(100)
    expect(said.filter(([text]) => !(text in messages))).toEqual([])
  })

  it.each(['ur', 'ar'])('is laid out from the right in %s, also where something is not to be had', async (language) => {
    const page = await app.visitor().open(`/nowhere?language=${language}`)

    expect(page.html).toMatch(new RegExp(`<html lang="${language}" dir="rtl"`))
  })

  it('stays in the language a reader chose, on the page and in its links', async () => {
    const stranger = app.visitor()
    await stranger.open('/in/north?language=cy')
    const page = await stranger.open('/in/north/refer-yourself/name')

    expect(page.html).toContain('<html lang="cy"')
    expect(page.text).toContain('Cyfieithiad drafft yw hwn')
    expect(page.html).toContain('href="/in/north/refer-yourself/name?language=ur"')
  })

  it('is no draft any more in an area whose translator has signed it, and one in the next', async () => {
    const lead = await app.as(app.cast.areaLead)
    const on = { 'checkedOn-day': '5', 'checkedOn-month': '1', 'checkedOn-year': '2026' }
    await lead.open('/area/languages/pl')
    expect((await lead.send('/area/languages/pl/signature', on)).status).toBe(422)
    const who = { name: 'Ewa Nowak', qualifiedAs: 'translator' }
    expect((await lead.sendAndFollow('/area/languages/pl/signature', { ...on, ...who })).text).toContain('Ewa Nowak')
    const draft = async (area: string) =>
      (await app.visitor().open(`/in/${area}?language=pl`)).text.includes('robocza wersja tłumaczenia')

    expect([await draft('north'), await draft('south')]).toEqual([false, true])
    await leadsOnInPolish()
    await leadsOnInPolish()
    await lead.open('/area/languages/pl')
    await lead.send('/area/languages/pl/withdrawal')
    expect(await draft('north')).toBe(true)
    expect(
      (await (await app.as(app.cast.manager)).send('/area/languages/pl/signature', { ...on, ...who })).status,
    ).toBe(403)
  })
})
