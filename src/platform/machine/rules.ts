/** How a system signs its statements: what NHS login and the platform of NHS England use, and nothing weaker. */
export type Algorithm = 'RS512' | 'ES256'

/** A public key as it is kept: nothing of it is secret. */
export type PublicKey = Readonly<{ kid: string; algorithm: Algorithm; jwk: Readonly<Record<string, string>> }>
