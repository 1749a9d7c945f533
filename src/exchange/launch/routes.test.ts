import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser, Seen } from '#test/browser.ts'
import { patientThere, type RecordsServer, startRecordsSystem } from '#test/neighbours/records-system.ts'
import { aRecordsSystem } from '#test/people/records-system.ts'

let app: TestApp
let there: RecordsServer
beforeAll(async () => {
  app = await startApp({ WORKWELL_OWN_NETWORK: 'yes' })
  there = await startRecordsSystem(`${app.settings.origin}/in/north/launch/back`)
  await aRecordsSystem(app, there)
})
beforeEach(() => {
  Object.assign(there.says, { configuration: {}, patient: undefined, instead: undefined })
  there.asked.length = 0
})
afterAll(async () => {
  await there.close()
  await app.close()
})

const path = (address = '') => address.replace(app.settings.origin, '')
const launched = (patient = patientThere(), at = '/in/north/launch') => there.launch(at, patient)

/** Goes to the records system as a browser does, and gives the way back. */
async function throughThem(seen: Seen): Promise<string> {
  const { headers } = await fetch(seen.location ?? '', { redirect: 'manual' })
  return path(headers.get('location') ?? '')
}

/** From the press in the records system to the page that comes of it. */
async function opened(browser: Browser, patient = patientThere()): Promise<Seen> {
  return browser.open(await throughThem(await browser.open(launched(patient))))
}

const valueOf = ({ html }: Seen, name: string) =>
  new RegExp(`<input[^>]* name="${name}"[^>]* value="([^"]*)"`).exec(html)?.[1]

describe('A records system that opens the form', () => {
  it('fills in who the patient is and how they are reached, each said to come from there', async () => {
    const seen = await opened(app.visitor())

    expect(seen.status).toBe(200)
    const filled = ['givenName', 'familyName', 'preferredName', 'phone', 'email', 'postcode', 'nhsNumber', 'language']
    expect(filled.map((name) => valueOf(seen, name))).toEqual([
      ...['Lauren May', 'Quillfeather', 'Laurie', '07700 900322', 'laurie@example.org', 'LS1 4AP', '9000000009'],
      'Polish',
    ])
    expect(['day', 'month', 'year'].map((part) => valueOf(seen, `bornOn-${part}`))).toEqual(['7', '3', '1984'])
    expect(seen.html).toContain('1 Station Road, Leeds</textarea>')
    expect(seen.text.match(/From your records system\./g)?.length).toBe(11)
    expect(seen.html).toMatch(/<option value="gp" selected/)
    expect(seen.text).not.toMatch(/Formerly|Before Road|900111/)
  })

  it('fills in neither whether they agree nor what is safe', async () => {
    const { html } = await opened(app.visitor())

    expect(html).not.toMatch(
      /checked=""[^>]*name="(agreement|safe|feedback)"|name="(agreement|safe|feedback)"[^>]*checked/,
    )
  })

  it('asks only for the one patient, with nothing of them in any address of ours', async () => {
    const browser = app.visitor()
    const patient = patientThere()
    const out = await browser.open(launched(patient))
    const back = await throughThem(out)
    await browser.open(back)
    const said = new URL(out.location ?? '').searchParams

    expect(said.get('scope')).toBe('launch patient/Patient.r')
    expect(said.get('aud')).toBe(there.iss)
    expect(there.asked).toEqual([
      ...['GET /fhir/.well-known/smart-configuration', 'GET /authorize', 'POST /token'],
      `GET /fhir/Patient/${String(patient['id'])}`,
    ])
    expect(`${out.location} ${back}`).not.toMatch(/Quillfeather|9000000009|1984/)
    expect(back).not.toContain(String(patient['id']))
  })

  it('says it in the words of version 1 where the system knows no other', async () => {
    there.says.configuration = { capabilities: ['launch-ehr', 'permission-v1'] }
    const out = await app.visitor().open(launched())

    expect(new URL(out.location ?? '').searchParams.get('scope')).toBe('launch patient/Patient.read')
  })

  it('is told its own address as it says it, since some compare it letter by letter', async () => {
    const iss = `${there.iss}/`
    const query = new URLSearchParams({ iss, launch: 'x' })
    const out = await app.visitor().open(`/in/north/launch?${query.toString()}`)

    expect(new URL(out.location ?? '').searchParams.get('aud')).toBe(iss)
  })

  it('keeps nothing of the patient until the form is sent', async () => {
    const browser = app.visitor()
    await opened(browser, patientThere({ name: [{ family: 'Unkept', given: ['Una'] }] }))
    const { rows } = await app.owner.query(
      `select (select count(*)::int from launch.pending pending where pending::text like '%Unkept%') as pending,
        (select count(*)::int from form.draft where typed::text like '%Unkept%') as drafts,
        (select count(*)::int from people.person where family_name = 'Unkept') as people,
        (select count(*)::int from launch.system system where system::text like '%Unkept%') as systems`,
    )

    expect(rows).toEqual([{ pending: 0, drafts: 0, people: 0, systems: 0 }])
  })

  it('leaves out what is not said, and what its system does not vouch for', async () => {
    const name = [{ family: 'Scant', given: ['Sam'] }]
    const identifier = [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9000000009' }]
    const bare = { name, identifier, birthDate: '1984', telecom: [], address: [], communication: [] }
    const seen = await opened(app.visitor(), patientThere({ ...bare, generalPractitioner: [] }))

    expect([valueOf(seen, 'familyName'), valueOf(seen, 'nhsNumber'), valueOf(seen, 'bornOn-year')]).toEqual([
      ...['Scant', undefined, undefined],
    ])
    expect(seen.text.match(/From your records system\./g)?.length).toBe(2)
  })
})

const filled = {
  ...{ agreement: 'agreed', givenName: 'Lauren', familyName: 'Quillfeather', phone: '07700 900322', route: 'gp' },
  ...{ 'bornOn-day': '7', 'bornOn-month': '3', 'bornOn-year': '1984', postcode: 'LS1 4AP', feedback: 'none' },
  ...{ referrerName: 'Dr Park', referrerOrganisation: 'Park Surgery', referrerEmail: 'park@example.org' },
  filled: 'givenName familyName bornOn phone postcode',
}
const sendTo = '/in/north/refer/filled-in'

describe('A form that was filled in so', () => {
  it('is sent as any other, and comes back with what was changed and where it came from', async () => {
    const browser = app.visitor()
    await opened(browser)
    const { agreement, ...unasked } = { ...filled, id: newId() }
    const wrong = await browser.send(sendTo, { ...unasked, givenName: 'Laura' })
    const sent = await browser.sendAndFollow(sendTo, { ...unasked, agreement, givenName: 'Laura' })

    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Select whether the person agrees')
    expect(valueOf(wrong, 'givenName')).toBe('Laura')
    expect(wrong.text.match(/From your records system\./g)?.length).toBe(5)
    expect(sent.text).toMatch(/WW-[2-9A-Z]{4}-[2-9A-Z]{3}/)
  })

  it('that comes with nothing in it says what is missing, as any other', async () => {
    const browser = app.visitor()
    await opened(browser)
    const seen = await browser.send(sendTo)

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('Enter their first name')
  })

  it('leaves what was typed of somebody else on the other form', async () => {
    const browser = app.visitor()
    await browser.open('/in/north/refer')
    await browser.send('/drafts', { area: 'north', draft: 'refer:north', givenName: 'Odette' })
    await opened(browser)
    await browser.send(sendTo, { ...filled, id: newId() })

    expect(valueOf(await browser.open('/in/north/refer'), 'givenName')).toBe('Odette')
  })
})

describe('Nobody is filled in', () => {
  const wayOn = 'href="/in/north/refer"'

  it.each([
    ['that nobody registered', 'https://elsewhere.example.org/fhir'],
    ['of another area', ''],
    ['that is no address', 'javascript:alert(1)'],
    ['on the own network', 'http://169.254.169.254/latest'],
  ])('by a system %s, and nothing is asked of it', async (which, iss) => {
    const at = iss === '' ? '/in/south/launch' : '/in/north/launch'
    const query = new URLSearchParams({ iss: iss || there.iss, launch: 'x' })
    const seen = await app.visitor().open(`${at}?${query.toString()}`)

    expect([which, seen.status]).toEqual([which, 404])
    expect(seen.text).toContain('We do not know this records system')
    expect(there.asked).toEqual([])
  })

  it('a second time by the same way back, nor later than ten minutes', async () => {
    const browser = app.visitor()
    const back = await throughThem(await browser.open(launched()))
    const [first, second] = [await browser.open(back), await browser.open(back)]
    const late = await throughThem(await browser.open(launched()))
    app.clock.pass({ minutes: 11 })
    const third = await browser.open(late)

    expect([first.status, second.status, third.status]).toEqual([200, 400, 400])
    for (const { text, html } of [second, third]) {
      expect(text).toContain('Open WorkWell from your records system again')
      expect(text).not.toContain('Quillfeather')
      expect(html).toContain(wayOn)
    }
  })

  it('more often than 120 times a minute from one place', async () => {
    const browser = app.visitor('10.20.30.40')
    const seen: number[] = []
    for (let turn = 0; turn < 121; turn += 1) seen.push((await browser.open('/in/north/launch')).status)

    expect(new Set(seen.slice(0, 120))).toEqual(new Set([404]))
    expect(seen.at(-1)).toBe(429)
  })

  it('in another browser, which does not spoil it for the one that began', async () => {
    const browser = app.visitor()
    const back = await throughThem(await browser.open(launched()))
    const other = await app.visitor().open(back)
    const own = await browser.open(back)

    expect([other.status, own.status]).toEqual([400, 200])
    expect(other.text).not.toContain('Quillfeather')
  })

  it('where it names another server than the one that was asked', async () => {
    there.says.configuration = { issuer: 'https://right.example.org' }
    const browser = app.visitor()
    const back = await throughThem(await browser.open(launched()))
    const seen = await browser.open(`${back}&iss=${encodeURIComponent('https://wrong.example.org')}`)

    expect(seen.status).toBe(400)
    expect(there.asked).not.toContain('POST /token')
  })

  it.each<[string, () => void, number, string]>([
    ['another id than its token names', () => (there.says.patient = 'somebody-else'), 502, 'did not let us read'],
    [
      ...(['a Patient with another id', () => answerWith({ ...patientThere(), id: 'another' }), 502] as const),
      'could not read what your records system sent',
    ],
    ['no Patient', () => answerWith({ resourceType: 'Bundle', id: 'x' }), 502, 'could not read'],
    ['no JSON', () => answerWith('<html>'), 502, 'could not read'],
    ['a fault', () => answerWith({}, 500), 502, 'Your records system did not answer'],
    ['somewhere else to look', () => answerWith({}, 302), 502, 'could not read'],
  ])('where the system sends %s', async (_what, does, status, words) => {
    does()
    const seen = await opened(app.visitor())

    expect(seen.status).toBe(status)
    expect(seen.text).toContain(words)
    expect(seen.text).not.toContain('Quillfeather')
    expect(seen.html).toContain(wayOn)
    expect(there.asked).not.toContain('GET /elsewhere')
  })

  it('where the record is huge', async () => {
    const seen = await opened(app.visitor(), patientThere({ text: { div: 'x'.repeat(300_000) } }))

    expect(seen.text).toContain('could not read what your records system sent')
  })

  it('where the system says that they have died', async () => {
    const seen = await opened(app.visitor(), patientThere({ deceasedBoolean: true }))

    expect(seen.text).toContain('Your records say that this patient has died')
    expect(seen.text).not.toContain('Quillfeather')
  })

  it('where its user says no there', async () => {
    const browser = app.visitor()
    const out = await browser.open(launched())
    const state = new URL(out.location ?? '').searchParams.get('state') ?? ''
    const seen = await browser.open(`/in/north/launch/back?error=access_denied&state=${state}`)

    expect(seen.text).toContain('did not let us read the patient')
  })

  it('where the system is silent: after some seconds the empty form is offered, and the area sees why', async () => {
    there.says.instead = () => true
    const seen = await app.visitor().open(launched())
    const manager = await app.as(app.cast.manager)

    expect([seen.status, seen.html.includes(wayOn)]).toEqual([502, true])
    expect(seen.text).toContain('Your records system did not answer')
    expect((await manager.open('/area/records-systems')).text).toContain('Did not work last time')
  }, 15_000)

  it.each([
    ['authorization_endpoint', 'https://evil.example.org/authorize'],
    ['token_endpoint', 'https://evil.example.org/token'],
    ['code_challenge_methods_supported', ['plain']],
  ])('where the system leads elsewhere, or proves nothing: %s', async (name, value) => {
    there.says.configuration = { [name]: value }
    const seen = await app.visitor().open(launched())

    expect([seen.status, seen.location]).toEqual([502, undefined])
  })
})

/** Answers the question for a patient with this. */
function answerWith(body: unknown, status = 200): void {
  there.says.instead = (_request, response, { pathname }) => {
    if (!pathname.startsWith('/fhir/Patient/')) return false
    response.writeHead(status, { 'content-type': 'application/fhir+json', location: '/elsewhere' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
    return true
  }
}

describe('The records systems of an area', () => {
  const said = (more: Readonly<Record<string, string>> = {}) => ({
    ...{ id: newId(), name: 'Mill Surgery, records', organisation: app.cast.referrer.organisation },
    ...{ iss: `https://${newId()}.example.org/fhir/`, clientId: 'workwell', signIn: '', ...more },
  })

  it('are added once with what their side needs, shown, and ended at once', async () => {
    const manager = await app.as(app.cast.manager)
    const fields = said({ signIn: 'https://sign-in.example.org/oauth' })
    const [first, again] = [
      await manager.send('/area/records-systems/new', fields),
      await manager.send('/area/records-systems/new', fields),
    ]
    const one = await manager.open(`/area/records-systems/${fields.id}`)
    const ending = `/area/records-systems/${fields.id}/ending`
    const ended = [await manager.send(ending), await manager.send(ending)]

    expect([first, again, ...ended].map(({ status }) => status)).toEqual([303, 303, 303, 303])
    expect(one.text).toContain(`${app.settings.origin}/in/north/launch/back`)
    expect(one.html).toContain('>https://sign-in.example.org<')
    expect((await manager.open('/area/records-systems')).text).toContain('Ended 5 Jan 2026')
    const seen = await app.visitor().open(`/in/north/launch?iss=${encodeURIComponent(fields.iss)}&launch=x`)
    expect(seen.status).toBe(404)
  })

  it('are at https, each once, and for an organisation of the area', async () => {
    const manager = await app.as(app.cast.manager)
    const send = async (more: Readonly<Record<string, string>>) =>
      (await manager.send('/area/records-systems/new', said(more))).text

    for (const iss of ['ftp://a.example.org', 'https://me:secret@a.example.org', 'https://a.example.org?x=1', 'theirs'])
      expect(await send({ iss })).toContain('Enter an address that begins with https://')
    expect(await send({ signIn: 'theirs' })).toContain('Enter an address that begins with https://')
    expect(await send({ organisation: newId() })).toContain('Select from the list')
    expect(await send({ iss: there.iss })).toContain('has this address already')
    expect(await send({ iss: '' })).toContain('Enter the address of its FHIR server')
  })

  it('are no business of another area, nor of whoever does not run this one', async () => {
    const id = (await app.owner.query<{ id: string }>('select id from launch.system limit 1')).rows[0]?.id ?? ''
    const [south, coach] = [await app.as(app.cast.managerElsewhere), await app.as(app.cast.coach)]

    expect((await south.open(`/area/records-systems/${id}`)).status).toBe(404)
    expect((await south.send(`/area/records-systems/${id}/ending`)).status).toBe(404)
    expect((await coach.open('/area/records-systems')).status).toBe(403)
  })
})
