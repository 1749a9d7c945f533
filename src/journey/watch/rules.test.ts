import { describe, expect, it } from 'vitest'
import { nextToTell, type ToldAs, watchOf } from './rules.ts'

const nobody = { cover: null, lead: null, deputy: null, seniors: [], managers: [] }
const everybody = watchOf({ ...nobody, lead: 'lead', deputy: 'deputy', seniors: ['senior'], managers: ['manager'] })
const standing = (told: ToldAs | null, ...last: string[]) => ({ told, last, heard: false })
const inWords = (watch: ReturnType<typeof watchOf>) => watch.map(({ as, members }) => `${as}: ${members.join(', ')}`)

describe('Who is told next of an alert', () => {
  it.each([
    ['at first the duty lead', standing(null), 'owner'],
    ['then the deputy', standing('owner', 'lead'), 'deputy'],
    ['then the manager', standing('deputy', 'deputy'), 'manager'],
    ['then the duty lead again', standing('manager', 'manager'), 'owner'],
    ['after somebody had it, the duty lead anew', { ...standing('owner', 'lead'), heard: true }, 'owner'],
  ])('%s', (_name, where, next) => {
    expect(nextToTell(where, everybody)).toMatchObject({ as: next, alone: false })
  })

  it('is always somebody else than was told last, and the same only where nobody else is there', () => {
    expect(nextToTell(standing('owner', 'deputy'), everybody)?.members).toEqual(['manager'])
    const one = watchOf({ ...nobody, lead: 'manager', managers: ['manager'] })
    expect(nextToTell(standing(null), one)).toEqual({ as: 'owner', members: ['manager'], alone: false })
    expect(nextToTell(standing('owner', 'manager'), one)).toEqual({ as: 'owner', members: ['manager'], alone: true })
    expect(nextToTell(standing(null), watchOf(nobody))).toBeUndefined()
  })
})

describe('Who can be told', () => {
  it('is every senior coach as duty lead where nobody is named, and at once the manager where there is none', () => {
    const seniors = ['one', 'two']
    expect(inWords(watchOf({ ...nobody, seniors, managers: ['manager'] }))).toEqual([
      'owner: one, two',
      'manager: manager',
    ])
    expect(inWords(watchOf({ ...nobody, managers: ['manager'] }))).toEqual(['manager: manager'])
  })

  it('is a senior coach last where no manager is left besides those told before', () => {
    const seniors = ['senior']
    expect(inWords(watchOf({ ...nobody, lead: 'lead', seniors }))).toEqual(['owner: lead', 'senior: senior'])
    const leading = { ...nobody, lead: 'manager', seniors, managers: ['manager'] }
    expect(inWords(watchOf(leading))).toEqual(['owner: manager', 'senior: senior'])
  })

  it.each([
    ['before the deputy', { lead: 'lead', deputy: 'deputy' }, ['deputy: deputy']],
    ['before the duty lead where no deputy is named', { lead: 'lead' }, ['owner: lead']],
    ['before the duty lead where they are the deputy themselves', { lead: 'lead', deputy: 'cover' }, ['owner: lead']],
    ['and is not told twice', { lead: 'cover', deputy: 'cover' }, []],
  ])('is whoever reads such answers, %s', (_name, duty, then) => {
    const watch = watchOf({ ...nobody, ...duty, cover: 'cover', managers: ['manager'] })
    expect(inWords(watch)).toEqual(['cover: cover', ...then, 'manager: manager'])
  })
})
