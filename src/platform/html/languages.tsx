import { isOffered } from '#platform/language/catalogues.ts'
import { directionOf, type Language, languageCodes, languages } from '#platform/language/rules.ts'
import { useSay } from './say.tsx'
import { useShell } from './shell.tsx'

/** The same page in the other languages, each in its own words; and that a translation is still a draft. */
export function Languages() {
  const { language, draftLanguage, here } = useShell()
  const say = useSay()
  const offered = languageCodes.filter(isOffered)
  if (offered.length === 1) return null
  return (
    <>
      <nav className="ww-languages nhsuk-width-container" aria-label={say('Languages')}>
        <ul>
          {offered.map((code) => (
            <li key={code}>
              <InLanguage code={code} current={code === language} here={here} />
            </li>
          ))}
        </ul>
      </nav>
      {draftLanguage ? (
        <p className="ww-draft-language nhsuk-width-container">
          {say(
            'This is a draft translation. No translator has checked it yet. If something is unclear, call us or read it in English.',
          )}
        </p>
      ) : null}
    </>
  )
}

type InLanguageProps = Readonly<{ code: Language; current: boolean; here: string }>

function InLanguage({ code, current, here }: InLanguageProps) {
  const { label, tag } = languages[code]
  const said = { lang: tag, dir: directionOf(code) ?? 'ltr' }
  if (current) {
    return (
      <span {...said} aria-current="true">
        {label}
      </span>
    )
  }
  return (
    <a {...said} href={inLanguage(here, code)} hrefLang={tag}>
      {label}
    </a>
  )
}

function inLanguage(here: string, code: Language): string {
  const [path, query] = here.split('?')
  const asked = new URLSearchParams(query)
  asked.set('language', code)
  return `${path}?${asked.toString()}`
}
