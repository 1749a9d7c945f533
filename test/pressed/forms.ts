import type { Fields } from '#test/browser.ts'
import { filledIn } from '#test/editing/filled.ts'

/** One thing that somebody can do on a page: a form, what it holds, and the button that they press. */
export type Deed = Readonly<{ action: string; fields: Fields }>

const attribute = (tag: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]

/** Everything that can be done on a page, sensibly filled in: each of its forms, with each button. */
export function deedsOn(html: string): readonly Deed[] {
  const forms = html.match(/<form [^]*?<\/form>/g) ?? []
  return forms.flatMap((form) => {
    const action = attribute(form, 'action')
    if (action === undefined || !/^<form [^>]*method="post"/.test(form)) return []
    // The browser of the tests sends its own token.
    const { csrf: _, ...held } = filledIn(form, action.replaceAll(/[.?+]/g, String.raw`\$&`))
    return waysToSend(form).map((way) => ({ action, fields: { ...typedInto(form), ...notEmpty(held), ...way } }))
  })
}

const notEmpty = (held: Fields): Fields =>
  Object.fromEntries(Object.entries(held).filter(([, value]) => [value].flat().some((one) => one !== '')))

/** Each button of a form with the first and the last of the answers between which it lets somebody choose. */
function waysToSend(form: string): readonly Fields[] {
  const buttons = named(form, /<button[^>]*>/g, () => true)
  const radios = named(form, /<input[^>]*>/g, (tag) => tag.includes('type="radio"'))
  const [first] = radios
  const all = first ? radios.filter(([name]) => name === first[0]) : []
  const answers = all.filter((_one, at) => at === 0 || at === all.length - 1)
  // Of every other question the first answer is given.
  const others = Object.fromEntries(radios.filter(([name]) => name !== first?.[0]).toReversed())
  const pressed: readonly Fields[] = buttons.length > 0 ? buttons.map(([name, value]) => ({ [name]: value })) : [{}]
  return pressed.flatMap((button) =>
    answers.length > 0
      ? answers.map(([name, value]) => ({ ...others, ...button, [name]: value }))
      : [{ ...others, ...button }],
  )
}

function named(form: string, tags: RegExp, isMeant: (tag: string) => boolean): readonly (readonly [string, string])[] {
  return [...form.matchAll(tags)].flatMap(([tag]) => {
    const name = attribute(tag, 'name')
    return name === undefined || !isMeant(tag) ? [] : [[name, attribute(tag, 'value') ?? 'on'] as const]
  })
}

/** What somebody types where a page leaves a field empty. */
function typedInto(form: string): Fields {
  const tags = [...form.matchAll(/<(?:input|textarea)[^>]*>/g)].map(([tag]) => tag)
  const typed = tags.filter((tag) => !/type="(?:hidden|radio|checkbox|file)"/.test(tag))
  return Object.fromEntries(typed.map((tag) => [attribute(tag, 'name') ?? '', wordsFor(tag)]))
}

function wordsFor(tag: string): string {
  const name = attribute(tag, 'name') ?? ''
  if (/-day$|-month$/.test(name)) return '29'.slice(0, /-day$/.test(name) ? 2 : 1)
  if (/-year$/.test(name)) return '1980'
  if (/mobile|phone/i.test(name)) return '07700 900456'
  if (/email/i.test(name)) return 'somebody@example.org'
  return attribute(tag, 'inputMode') === 'numeric' || attribute(tag, 'inputmode') === 'numeric'
    ? '123456'
    : 'Some words'
}

/** The same with the day on which it is done, and with the first that each list offers: what a member would choose. */
export function chosenOn(html: string, { action, fields }: Deed, on: Temporal.PlainDate): Deed {
  const form = (html.match(/<form [^]*?<\/form>/g) ?? []).find((one) => attribute(one, 'action') === action) ?? ''
  const lists = [...form.matchAll(/<select[^>]* name="([^"]+)"[^>]*>([^]*?)<\/select>/g)]
  const first = lists.flatMap(([, name = '', options = '']) => {
    const offered = /value="([^"]+)"/.exec(options)?.[1]
    return fields[name] === undefined && offered !== undefined ? [[name, offered] as const] : []
  })
  const dated = Object.keys(fields).flatMap((name) => {
    const part = /-(day|month|year)$/.exec(name)?.[1]
    const isTyped = ['29', '2', '1980'].includes(String(fields[name]))
    return isTyped && (part === 'day' || part === 'month' || part === 'year') ? [[name, `${on[part]}`] as const] : []
  })
  return { action, fields: { ...fields, ...Object.fromEntries([...first, ...dated]) } }
}
