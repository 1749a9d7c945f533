import { Inset } from '#platform/html/content.tsx'
import { useSay } from '#platform/html/say.tsx'
import { ShellContext, useShell } from '#platform/html/shell.tsx'
import { type Language, languages } from '#platform/language/rules.ts'
import { type PrintFormat, printFormats } from '#journey/my-plan/rules.ts'

/** Whose copy it is, and for whom it is printed. */
export type About = Readonly<{
  /** By what name the person is called. */
  person: string
  /** Whether they print it themselves. */
  own: boolean
  back: string
  action: string
  /** In which language beside English it can be printed for them, and whether it is now. */
  other: Readonly<{ language: Language; chosen: boolean }> | undefined
  /** What they need that no printer makes. */
  made: readonly string[]
}>

type ChooseProps = Readonly<{ about: About; format: PrintFormat }>

/** In which format the plan is printed; staff choose in English. Nothing of it is printed. */
export function Choose(props: ChooseProps) {
  const shell = useShell()
  if (props.about.own) return <Formats {...props} />
  return (
    <ShellContext value={{ ...shell, language: 'en' }}>
      <div lang="en" dir="ltr">
        <Formats {...props} />
        <ByHand made={props.about.made} />
      </div>
    </ShellContext>
  )
}

function Formats({ about: { own, action, other }, format }: ChooseProps) {
  const say = useSay()
  const kept = other?.chosen ? `&in=${other.language}` : ''
  return (
    <nav className="ww-formats" aria-label={say('How it is printed')}>
      <ul>
        {Object.entries(printFormats).map(([code, { label }]) => (
          <li key={code}>
            <a href={`${action}?format=${code}${kept}`} aria-current={code === format ? 'true' : undefined}>
              {say(label)}
            </a>
          </li>
        ))}
        {other && !own ? (
          <li>
            {other.chosen ? (
              <a href={`${action}?format=${format}`}>In English</a>
            ) : (
              <a href={`${action}?format=${format}&in=${other.language}`}>In {languages[other.language].label}</a>
            )}
          </li>
        ) : null}
      </ul>
    </nav>
  )
}

const ByHand = ({ made }: Pick<About, 'made'>) =>
  made.length === 0 ? null : (
    <div className="ww-screen-only">
      <Inset>
        <p>
          They need: {made.join(', ')}. No printer makes this: have it made, or read it to them. What is here for a
          screen reader is the easiest to work from.
        </p>
      </Inset>
    </div>
  )
