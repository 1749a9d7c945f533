import { globSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueLink } from '#platform/link/links.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { startApp, type TestApp } from './app.ts'

/** Everything that writes a message or gives out a link, and how it says what allows it. */
const disclosing: Readonly<Record<string, readonly string[]>> = {
  // The newest answer to being contacted, and for whoever referred what they may be told.
  'src/journey/acknowledgement/store.ts': ['recordPermission(db, { ...said, ...contact })', 'allowedBy: may.by'],
  'src/journey/feedback/store.ts': ['allowedBy: may.by'],
  'src/journey/message/routes.tsx': ['allowedBy: contact.id'],
  // Whoever is on duty is told that something waits, and of whom only once they have signed in.
  'src/journey/alert/store.ts': [`allowedBy: 'on-duty'`],
  'src/journey/appointment/routes.tsx': [`allowedBy: 'asked-for'`],
  'src/journey/booking/routes.tsx': [`allowedBy: 'asked-for'`],
  'src/journey/self-referral/routes.tsx': [`allowedBy: 'asked-for'`],
  // Whoever referred is told what they were told when it was made; what goes beyond, its page asks about each time.
  'src/journey/question/routes.tsx': ['allowedBy: may.by'],
  'src/journey/referrer/routes.tsx': [`allowedBy: 'received'`],
  'src/journey/request/routes.tsx': ['allowedBy: may.by', '...{ allowedBy, link:'],
  'src/platform/link/routes.tsx': [`allowedBy: 'asked-for'`],
  // One that goes out anew is allowed by what allowed the one before.
  'src/platform/link/renewal.ts': ['allowedBy, issuedAt, expiresAt } = link'],
  'src/registers/code/jobs.ts': [`allowedBy: 'asked-for'`],
  'src/registers/membership/routes.tsx': [`allowedBy: 'invited'`],
  'src/setting-up.ts': [`allowedBy: 'invited'`],
  // The link of a message is allowed by what allows the message, and one given anew by what allowed the one before.
  'src/platform/link/links.ts': ['...link, allowedBy,', '...link, expiresAt'],
}

const files = globSync('src/**/*.{ts,tsx}')
  .filter((file) => !file.includes('.test.'))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
const writes = files.filter(({ text }) => /(?<!function )\b(sendMessage|issueLink)\(/.test(text))

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

describe('What leaves the product', () => {
  it('is written in no other place than those that say what allows it', () => {
    expect(writes.map(({ file }) => file).toSorted()).toEqual(Object.keys(disclosing).toSorted())
  })

  it.each(Object.entries(disclosing))('names what allows it: %s', (file, ways) => {
    const text = writes.find((one) => one.file === file)?.text ?? ''

    for (const way of ways) expect(text).toContain(way)
  })

  it('asks whether somebody else may be told wherever they are told about a person', () => {
    const toOthers = writes.filter(
      ({ text }) => /recipient: 'another'/.test(text) && !/'(asked-for|invited|on-duty)'/.test(text),
    )

    expect(toOthers.map(({ file }) => file).toSorted()).toEqual([
      'src/journey/acknowledgement/store.ts',
      'src/journey/feedback/store.ts',
      'src/journey/question/routes.tsx',
      'src/journey/request/routes.tsx',
    ])
    for (const { text } of toOthers) expect(text).toMatch(/mayDisclose\(db/)
  })

  it('is refused where it names neither a permission nor another ground that is known', async () => {
    const { now } = app.clock
    const about = { area: 'north', allowedBy: 'because', now } as const
    const message = { ...about, kind: 'tried', channel: 'email', address: 'a@example.org', body: 'Hello' } as const
    const link = { ...about, purpose: 'come-back', expiresAt: now.add({ hours: 1 }), by: null }

    await expect(app.inArea('north', (db) => sendMessage(db, message))).rejects.toThrow('Neither a permission')
    await expect(app.inArea('north', (db) => issueLink(db, link))).rejects.toThrow('Neither a permission')
  })
})
