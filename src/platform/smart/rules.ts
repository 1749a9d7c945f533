/** A records system that is trusted to say whose record is open: its FHIR server, and where its people sign in. */
export type Trusted = Readonly<{ iss: string; clientId: string; signIn: string | null }>

/** Why a records system handed nobody over: it is silent, says no, or says something that cannot be used. */
export type LaunchReason = 'silent' | 'refused' | 'unusable'
