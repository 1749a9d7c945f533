import { Inset } from './content.tsx'
import { AreaWords } from './say.tsx'

/** The words that somebody says yes to, as their area has written them. */
export const AgreedWords = ({ texts }: { texts: readonly string[] }) => (
  <Inset>
    {texts.map((text) => (
      <p key={text}>
        <AreaWords text={text} />
      </p>
    ))}
  </Inset>
)
