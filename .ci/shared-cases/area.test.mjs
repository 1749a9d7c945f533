import { afterAll, beforeAll, expect, it } from 'vitest'
import { populate } from '#exchange/population/import.ts'
import { startApp } from '#test/app.ts'
import { aSender, everyPage } from '#test/neighbours/fhir-asking.ts'
import { answersOf, documentOf, noteAlone } from '#test/neighbours/fhir-note.ts'
import { shared } from './shared.mjs'
import { profileJudge, resourcesIn, searched } from './profiles.mjs'

const area = 'greater-manchester'

let app
let validate
beforeAll(async () => {
  app = await startApp()
  validate = await profileJudge()
  const wanted = { areas: 1, people: 400, seed: 11, now: app.clock.now }
  await populate(app.databases, wanted, () => undefined)
}, 120_000)
afterAll(() => app.close())

/** A practice's system of a made-up area by which every referral of a practice there came. */
async function aPracticeWithAll() {
  const { rows } = await app.owner.query(
    `select id from organisations.organisation where area = $1 and kind = 'practice' order by id limit 1`,
    [area],
  )
  const organisation = rows[0].id
  const sender = await aSender(app, { from: { area, organisation }, perMinute: 1_000_000 })
  await app.owner.query(
    `insert into edge.request (area, id, patient, task, organisation, client, system, value, digest, referral,
       nhs_number_verified, authored_at, taken_at)
     select referral.area, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), $2, $3, 'https://example.org/all',
       referral.id::text, sha256(referral.id::text::bytea), referral.id, person.nhs_number is not null, referral.received_at, referral.typed_at
     from referral.referral join people.person on person.area = referral.area and person.id = referral.person
     where referral.area = $1 and referral.route = 'gp'`,
    [area, organisation, sender.id],
  )
  // Nobody made up says yes to a summary; what is said under one is looked at too.
  await app.owner.query(
    `update permissions.permission set allows = 'summary' where area = $1 and switch = 'gp' and given`,
    [area],
  )
  await sendNotes(sender)
  return sender
}

/** A fit note by itself, once as answers and once as a document, for two of its requests. */
async function sendNotes(sender) {
  const { entry } = await sender.list('/ServiceRequest?_count=2')
  const made = [answersOf, (_origin, wanted) => documentOf(wanted)]
  for (const [place, { resource }] of entry.entries()) {
    const note = noteAlone(made[place](app.settings.origin, { request: `ServiceRequest/${resource.id}` }))
    for (const one of resourcesIn(note)) expect(validate(one), JSON.stringify(one)).toEqual([])
    const { status, text } = await sender.ask('POST', '', JSON.stringify(note))
    expect([status, validate(JSON.parse(text))]).toEqual([200, []])
  }
}

it('sent out: every resource of a made-up area is as FHIR R4 and UK Core have it', async () => {
  const sender = await aPracticeWithAll()
  const metadata = await sender.read('/metadata')
  const kinds = searched(metadata)
  const counted = {}
  for (const kind of kinds) {
    const all = (await everyPage(sender, `/${kind}?_count=100`)).flat()
    counted[kind] = all.length
    for (const resource of all) expect(validate(resource), JSON.stringify(resource).slice(0, 600)).toEqual([])
  }
  process.stdout.write(`\nValidated a made-up area against ${shared}standards/ukcore: ${JSON.stringify(counted)}\n`)
  expect(Object.entries(counted).filter(([, count]) => count === 0)).toEqual([])
}, 300_000)

it('sent out: what is done here, and the questions of a fit note, are as FHIR R4 and UK Core have them', async () => {
  const sender = await aSender(app)
  for (const path of ['/metadata', '/Questionnaire/fit-note'])
    expect(validate(await sender.read(path)), path).toEqual([])
  const { text } = await sender.ask('GET', '/QuestionnaireResponse/nobody')
  expect(validate(JSON.parse(text))).toEqual([])
})

it('sent out: what everybody of a made-up area told us is as FHIR R4 and UK Core have it', async () => {
  const { rows } = await app.owner.query(
    `select distinct person from referral.referral join people.person on person.id = referral.person
     where referral.area = $1 and not restricted and merged_into is null`,
    [area],
  )
  let seen = 0
  for (const { person } of rows.slice(0, 100)) {
    const { html, status } = await (await app.asParticipant(person, area)).open('/my/request.json')
    if (status !== 200) continue
    for (const resource of resourcesIn(JSON.parse(html)).slice(1)) {
      seen += 1
      expect(validate(resource), JSON.stringify(resource).slice(0, 600)).toEqual([])
    }
  }
  expect(seen).toBeGreaterThan(100)
}, 300_000)
