/**
 * By which algorithms a key of each kind signs, the kind being called after the first: what NHS login and the platform of
 * NHS England use (RS512, ES256), what SMART App Launch 2.2 wants every server to take (RS384, ES384), and nothing weaker.
 */
export const signsBy = {
  RS512: ['RS512', 'RS384'],
  ES256: ['ES256'],
  ES384: ['ES384'],
} as const

/** The kinds of keys by which systems are known. */
export type Algorithm = keyof typeof signsBy

/** Every algorithm by which a system may sign. */
export const algorithms: readonly string[] = Object.values(signsBy).flat()

/** "RS512, RS384, ES256 or ES384", for whoever builds a system. */
export const algorithmsInWords = algorithms.join(', ').replace(/, (?=[^,]*$)/, ' or ')

/** A public key as it is kept: nothing of it is secret. */
export type PublicKey = Readonly<{ kid: string; algorithm: Algorithm; jwk: Readonly<Record<string, string>> }>
