import { Details, Inset } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { anchorOf, type FaultKind, faults } from '#platform/json/rules.ts'
import { algorithmsInWords } from '#platform/machine/rules.ts'
import { apiPath, type Scope, scopes } from '#registers/clients/rules.ts'
import {
  eventExample,
  faultTexts,
  type Field,
  headersInWords,
  type OperationShown,
} from '#exchange/api/openapi/rules.ts'

type Shown = Readonly<{ operations: readonly OperationShown[] }>
type Addresses = Readonly<{ origin: string; tokenPath: string; fhirPath: string; directoryPath: string }>

/** What the product's own API is for, how a system comes in, and each thing it can ask: made of what the door itself works by. */
export const Handbook = ({ operations, ...addresses }: Addresses & Shown) => (
  <Page
    onlyInEnglish
    title="Refer by your own system"
    lede="For whoever looks after the system of a Jobcentre, an app, a council or a practice. It sends referrals to WorkWell, takes them back, and reads how they go on as far as each person allows."
    back={{ href: '/', label: 'WorkWell' }}
    width="wide"
  >
    <Contents operations={operations} />
    <ComingIn {...addresses} />
    <Promises />
    {operations.map((operation) => (
      <One key={operation.id} {...{ operation, origin: addresses.origin }} />
    ))}
    <BeingTold />
    <Faults />
  </Page>
)

const Contents = ({ operations }: Shown) => (
  <nav aria-labelledby="contents">
    <h2 className="nhsuk-heading-s" id="contents">
      On this page
    </h2>
    <ul className="nhsuk-list">
      <li>
        <a href="#coming-in">How a system comes in</a>
      </li>
      {operations.map(({ id, title }) => (
        <li key={id}>
          <a href={`#${id}`}>{title}</a>
        </li>
      ))}
      <li>
        <a href="#being-told">Be told that a referral changed</a>
      </li>
      <li>
        <a href="#faults">What can stand in the way</a>
      </li>
    </ul>
  </nav>
)

const ComingIn = ({ origin, tokenPath, fhirPath, directoryPath }: Addresses) => (
  <>
    <h2 className="nhsuk-heading-m" id="coming-in">
      How a system comes in
    </h2>
    <ol className="nhsuk-list nhsuk-list--number">
      <li>
        Make a key pair: RSA with 2,048 bits or more, or an elliptic key on P-256 or P-384. The private key never leaves
        you.
      </li>
      <li>
        Ask the WorkWell service of the area to register your system. They need its public key, for which organisation
        it comes in, and which of the scopes below it needs. They give you a client id and the id of your key (
        <code>kid</code>).
      </li>
      <li>
        Sign a statement that holds for five minutes at most: a JWT by {algorithmsInWords}, with the id of your key as{' '}
        <code>kid</code> in its header, the client id as <code>iss</code> and <code>sub</code>,{' '}
        <code className="ww-break">{`${origin}${tokenPath}`}</code> as <code>aud</code>, and a <code>jti</code> that is
        used once.
      </li>
      <li>Send it to that address, and you get a token for five minutes. Show it with each request.</li>
    </ol>
    <pre className="ww-code">{tokenExample(tokenPath)}</pre>
    <p>
      The same system can send FHIR R4 at <code className="ww-break">{`${origin}${fhirPath}`}</code>: it is one record,
      and what was sent by one way is read by the other. The directory of services is open to everybody, without a
      token, at <code className="ww-break">{`${origin}${directoryPath}`}</code> (Open Referral UK).
    </p>
  </>
)

const tokenExample = (tokenPath: string) =>
  [
    `POST ${tokenPath}`,
    'Content-Type: application/x-www-form-urlencoded',
    '',
    'grant_type=client_credentials',
    '&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    '&client_assertion=THE-SIGNED-STATEMENT',
  ].join('\n')

const Promises = () => (
  <Inset>
    <p>
      Each referral is taken once, by your own reference. What you read is what the person allows at that moment. A
      Jobcentre and an employer hear that a referral arrived and nothing after it, unless the person switched it on.
    </p>
  </Inset>
)

const BeingTold = () => (
  <section aria-labelledby="being-told">
    <h2 className="nhsuk-heading-m" id="being-told">
      Be told that a referral changed
    </h2>
    <p>
      Instead of asking again and again, a system can be told (a webhook). Whoever registered it says at which address,
      and gives you our public key. What is told is that there is something new to read and where: nothing of anybody,
      and not what. It is asked for each time whether the person allows it, so some of it is never told; read your list
      now and then.
    </p>
    <Fields
      caption="At the head of each"
      fields={Object.entries(headersInWords).map(([name, text]) => ({ name, text, kind: 'text', isNeeded: true }))}
    />
    <Example {...{ summary: 'Example: what is told', of: eventExample }} />
    <p>
      This is as Standard Webhooks 1.0 has it, and its libraries can be used. Answer with any status from 200 to 299
      within fifteen seconds. Otherwise it is sent again after a minute, then less often until it is every half hour,
      for three days, and what comes after it for the same referral waits. 410 says that you want to be told no more.
    </p>
  </section>
)

type OneProps = Readonly<{ operation: OperationShown; origin: string }>

const One = ({ operation, origin }: OneProps) => {
  const { id, method, path, title, text, scope, more, body, answers, parameters } = operation
  return (
    <section aria-labelledby={id}>
      <h2 className="nhsuk-heading-m" id={id}>
        {title}
      </h2>
      <pre className="ww-code">{`${method} ${apiPath}${path}`}</pre>
      <p>{text}</p>
      {scope === undefined ? null : <Allowed {...{ scope, more }} />}
      <Fields caption="In the address" fields={parameters} />
      {body ? (
        <>
          <Fields caption="What is sent" fields={body.fields} />
          <Example {...{ summary: `Example: ${title.toLowerCase()}`, of: body.example }} />
        </>
      ) : null}
      {answers.map(({ status, text: said, fields, example }, place) => (
        <div key={status}>
          <h3 className="nhsuk-heading-s">{`Answer ${status}: ${said}`}</h3>
          {place === 0 ? <Answered {...{ fields, example, status, title }} /> : <p>As above.</p>}
        </div>
      ))}
      <Otherwise kinds={operation.faults} />
      {scope === undefined ? (
        <p>
          <a href={`${origin}${apiPath}${path}`}>Open the description</a>
        </p>
      ) : null}
    </section>
  )
}

const Allowed = ({ scope, more }: Readonly<{ scope: Scope; more: readonly Scope[] }>) => (
  <p>
    The token has to allow <code>{scope}</code> ({scopes[scope].label.toLowerCase()}).
    {more.map((one) => (
      <span key={one}>
        {' '}
        With <code>{one}</code> ({scopes[one].label.toLowerCase()}) more is answered.
      </span>
    ))}
  </p>
)

type AnsweredProps = Readonly<{ title: string; status: number; fields: readonly Field[]; example: unknown }>

const Answered = ({ fields, example, status, title }: AnsweredProps) => (
  <>
    <Fields caption={`What is answered with ${status}`} fields={fields} />
    <Example {...{ summary: `Example: answer ${status} to ${title.toLowerCase()}`, of: example }} />
  </>
)

const Example = ({ summary, of }: Readonly<{ summary: string; of: unknown }>) => (
  <Details summary={summary}>
    <pre className="ww-code">{JSON.stringify(of, undefined, 2)}</pre>
  </Details>
)

type FieldsProps = Readonly<{ caption: string; fields: readonly Field[] }>

const Fields = ({ caption, fields }: FieldsProps) =>
  fields.length === 0 ? null : (
    <Table caption={caption} columns={columns} rows={fields} rowKey={({ name }) => name} empty="Nothing." />
  )

const columns: readonly Column<Field>[] = [
  { key: 'name', label: 'Field', names: true, nowrap: true, cell: ({ name }) => <code>{name}</code> },
  { key: 'kind', label: 'Holds', cell: ({ kind, isNeeded }) => (isNeeded ? `${kind} (needed)` : kind) },
  { key: 'text', label: 'What it means', prose: true, cell: ({ text }) => text },
]

const Otherwise = ({ kinds }: Readonly<{ kinds: readonly FaultKind[] }>) => (
  <p>
    Otherwise:{' '}
    {kinds.map((kind, place) => (
      <span key={kind}>
        {place === 0 ? '' : ', '}
        <a href={`#${anchorOf(kind)}`}>{`${faults[kind].status} ${faults[kind].label.toLowerCase()}`}</a>
      </span>
    ))}
    .
  </p>
)

// Checked: the keys of the list are its codes.
const kindsOfFault = Object.keys(faults) as FaultKind[]

const Faults = () => (
  <>
    <h2 className="nhsuk-heading-m" id="faults">
      What can stand in the way
    </h2>
    <p>
      Whatever is not done is answered as RFC 9457 has it (<code>application/problem+json</code>): a sentence, and where
      it is about what was sent, each thing that is wrong with its place in the body. Nothing of what was sent is said
      back.
    </p>
    {kindsOfFault.map((kind) => (
      <section key={kind} aria-labelledby={anchorOf(kind)}>
        <h3 className="nhsuk-heading-s" id={anchorOf(kind)}>{`${faults[kind].status} ${faults[kind].label}`}</h3>
        <p>{faultTexts[kind]}</p>
      </section>
    ))}
  </>
)
