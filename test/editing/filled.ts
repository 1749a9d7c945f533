import type { Fields } from '#test/browser.ts'

/** What a browser would send with the form of this address as the page shows it. */
export function filledIn(html: string, action: string): Fields {
  const form = new RegExp(`<form [^>]*action="${action}"[^]*?</form>`).exec(html)?.[0] ?? ''
  const sent = [...inputsIn(form), ...textsIn(form), ...choicesIn(form)]
  return Object.fromEntries(
    [...Map.groupBy(sent, ([name]) => name)].map(([name, all]) => [name, all.map(([, v]) => v)]),
  )
}

type Sent = readonly [name: string, value: string]

function inputsIn(form: string): Sent[] {
  return [...form.matchAll(/<input[^>]*>/g)].flatMap(([input]) => {
    const isChoice = /type="(radio|checkbox)"/.test(input)
    return isChoice && !input.includes('checked')
      ? []
      : named(input, attribute(input, 'value') ?? (isChoice ? 'on' : ''))
  })
}

function textsIn(form: string): Sent[] {
  return [...form.matchAll(/(<textarea[^>]*>)([^]*?)<\/textarea>/g)].flatMap(([, tag = '', text = '']) =>
    named(tag, plain(text)),
  )
}

function choicesIn(form: string): Sent[] {
  return [...form.matchAll(/(<select[^>]*>)([^]*?)<\/select>/g)].flatMap(([, tag = '', options = '']) => {
    const chosen = /<option[^>]*selected[^>]*>/.exec(options) ?? /<option[^>]*>/.exec(options)
    return chosen ? named(tag, attribute(chosen[0], 'value') ?? '') : []
  })
}

function named(tag: string, value: string): Sent[] {
  const name = attribute(tag, 'name')
  return name === undefined ? [] : [[name, value]]
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : plain(found)
}

function plain(html: string): string {
  return html
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
