// Made from the migrated database by `npm run workwell -- schema`; compared by `npm run check`.
import type { ColumnType } from 'kysely'

type Json = ColumnType<unknown, string, string>
type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>
type Made<T> = ColumnType<T, T | undefined, T>
type Computed<T> = ColumnType<T, never, never>

export type Tables = {
  'absence.absence': {
    area: string
    id: string
    member: string
    cover: string
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate
    arranged_by: string
    arranged_at: Temporal.Instant
    back_on: Temporal.PlainDate | null
    back_by: string | null
    back_at: Temporal.Instant | null
    version: Made<number>
  }
  'action.action': {
    area: string
    id: string
    goal: string
    what: string
    barrier: string | null
    obstacle: string | null
    owner: string
    due_on: Temporal.PlainDate
    added_at: Temporal.Instant
    added_by: string | null
    taken_out_at: Temporal.Instant | null
    taken_out_by: string | null
    version: Made<number>
    solution: string | null
    solution_version: number | null
    as_suggested: boolean | null
  }
  'action.result': {
    area: string
    id: string
    action: string
    result: string
    note: string | null
    result_on: Temporal.PlainDate
    at: Temporal.Instant
    by: string | null
    own: Made<boolean>
    seen_at: Temporal.Instant | null
    seen_by: string | null
  }
  'action_reminder.reminder': {
    area: string
    action: string
    due_on: Temporal.PlainDate
    telling: string
    told: boolean
    at: Temporal.Instant
  }
  'adjustments.adjustment': {
    area: string
    id: string
    episode: string
    by: string
    at: Temporal.Instant
  }
  'adjustments.step': {
    area: string
    id: string
    adjustment: string
    number: number
    standing: string
    on_day: Temporal.PlainDate
    who: string | null
    reason: string | null
    by: string | null
    at: Temporal.Instant
    from_on: Temporal.PlainDate | null
  }
  'adjustments.step_withdrawal': {
    area: string
    step: string
    by: string | null
    at: Temporal.Instant
  }
  'adjustments.withdrawal': {
    area: string
    adjustment: string
    reason: string
    by: string
    at: Temporal.Instant
  }
  'adjustments.words': {
    area: string
    adjustment: string
    number: number
    kind: string
    what: string
    asked_by: string
    asked_on: Temporal.PlainDate
    by: string
    at: Temporal.Instant
  }
  'agreement.agreement': {
    area: string
    id: string
    episode: string
    number: number
    content: Json
    agreed_on: Temporal.PlainDate
    how: string
    recorded_at: Temporal.Instant
    by: string | null
  }
  'alert.alert': {
    area: string
    id: string
    about: string
    person: string | null
    organisation: string
    minutes: number
    raised_at: Temporal.Instant
    owner: string | null
    told_as: string | null
    heard_at: Temporal.Instant | null
    next_at: Temporal.Instant | null
    settled_at: Temporal.Instant | null
    by_themselves: Made<boolean>
  }
  'alert.heard': {
    area: string
    id: string
    alert: string
    member: string
    at: Temporal.Instant
  }
  'alert.told': {
    area: string
    id: string
    alert: string
    member: string
    told_as: string
    because: string
    at: Temporal.Instant
    by: string | null
  }
  'allocation.allocation': {
    area: string
    id: string
    episode: string
    coach: string
    coach_before: string | null
    reason: string
    note: string | null
    caseload: number
    cap: number
    by: string
    at: Temporal.Instant
  }
  'allocation.handover': {
    area: string
    id: string
    episode: string
    from_provider: string
    to_provider: string
    reason: string
    note: string | null
    by: string
    at: Temporal.Instant
  }
  'answering.answering': {
    area: string
    id: string
    service: string
    organisation: string
    sent_since: Temporal.Instant | null
    at: Temporal.Instant
    by: string
    ended_at: Temporal.Instant | null
    ended_by: string | null
  }
  'appointment.appointment': {
    area: string
    id: string
    chain: string
    moved_from: string | null
    episode: string
    member: string
    purpose: string
    mode: string
    place: string | null
    starts_at: Temporal.Instant
    ends_at: Temporal.Instant
    interpreter: string
    access_considered: string | null
    note: string | null
    told_by: string
    booked_at: Temporal.Instant
    booked_by: string | null
    venue: string | null
  }
  'appointment.confirmation': {
    area: string
    appointment: string
    at: Temporal.Instant
  }
  'appointment.interpreting': {
    area: string
    id: string
    appointment: string
    state: string
    language: string | null
    note: string | null
    at: Temporal.Instant
    by: string
  }
  'appointment.result': {
    area: string
    id: string
    appointment: string
    kind: string
    who: string | null
    reason: string | null
    late_minutes: number | null
    interpreter_came: boolean | null
    note: string | null
    at: Temporal.Instant
    by: string | null
  }
  'appointment.slot': {
    area: string
    appointment: string
    member: string
    during: unknown
  }
  'appointment.withdrawal': {
    area: string
    result: string
    at: Temporal.Instant
    by: string
  }
  'areas.area': {
    area: string
    name: string
    run_by: string | null
    phone: string | null
    email: string | null
    opening_hours: string | null
    crisis_text: string
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
    synthetic: Made<boolean>
    version: Made<number>
    postal_address: string | null
  }
  'areas.coverage': {
    area: string
    id: string
    board: string | null
    council: string | null
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
    jobcentre: string | null
    outward: string | null
    version: Made<number>
  }
  'areas.coverage_change': {
    area: string
    id: string
    cover: string
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
    reason: string
    by: string
    at: Temporal.Instant
  }
  'areas.detail_change': {
    area: string
    id: string
    name: string
    before: string | null
    after: string | null
    by: string
    at: Temporal.Instant
  }
  'areas.setting': {
    area: string
    name: string
    from_on: Temporal.PlainDate
    value: Json
    reason: string | null
    set_by: string | null
    set_at: Temporal.Instant
  }
  'asked_by_employer.ask': {
    area: string
    id: string
    given_name: string
    family_name: string
    channel: string
    address: string
    employer_name: string
    organisation: string
    asked_at: Temporal.Instant
    until_at: Temporal.Instant
  }
  'asked_by_employer.asked': {
    area: string
    key: Bytes
    on_day: Temporal.PlainDate
    times: number
  }
  'asked_by_employer.never': {
    area: string
    key: Bytes
    at: Temporal.Instant
  }
  'assessment.assessment': {
    area: string
    id: string
    episode: string
    person: string
    employment_status: string | null
    on_sick_absence: string | null
    absent_since: Temporal.PlainDate | null
    contracted_hours: number | null
    hours_now: number | null
    occupation: string | null
    sector: string | null
    employer_size: string | null
    oh_access: string | null
    job_risks: Made<string[]>
    weeks_out_of_work: number | null
    benefits: Made<string[]>
    health: Made<string[]>
    words: ColumnType<unknown, string | undefined, string>
    begun_at: Temporal.Instant
    begun_by: string | null
    saved_at: Temporal.Instant
    saved_by: string | null
    finished_at: Temporal.Instant | null
    finished_by: string | null
    version: Made<number>
  }
  'assessment.barrier': {
    area: string
    id: string
    assessment: string
    code: string
    part: string
    severity: number | null
    main: Made<boolean>
    removed_at: Temporal.Instant | null
  }
  'availability.coach': {
    area: string
    member: string
    video_link: string | null
    calendar_hash: Bytes | null
    calendar_shows: Made<string>
    calendar_since: Temporal.Instant | null
  }
  'availability.exception': {
    area: string
    id: string
    member: string
    on_day: Temporal.PlainDate
    kind: string
    starts: string | null
    ends: string | null
    modes: Made<string[]>
    venue: string | null
    set_by: string
    set_at: Temporal.Instant
    withdrawn_by: string | null
    withdrawn_at: Temporal.Instant | null
  }
  'availability.hours': {
    area: string
    id: string
    member: string
    weekdays: unknown
    starts: string
    ends: string
    modes: string[]
    venue: string | null
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
    set_by: string
    set_at: Temporal.Instant
    ended_by: string | null
    ended_at: Temporal.Instant | null
  }
  'availability.venue': {
    area: string
    id: string
    name: string
    address: string
    access_note: string | null
    step_free: boolean
    until_on: Temporal.PlainDate | null
    set_by: string
    set_at: Temporal.Instant
    version: Made<number>
  }
  'batch.batch': {
    area: string
    id: string
    kind: string
    name: string
    source: string
    digest: string
    rows: Made<number>
    taken: Made<number>
    already: Made<number>
    refused: Made<number>
    started_at: Temporal.Instant
    finished_at: Temporal.Instant | null
    by: string | null
    undoing_at: Temporal.Instant | null
    undone_at: Temporal.Instant | null
    undone_by: string | null
    trial: Made<boolean>
    lines: number | null
    reached: string | null
    discarded_at: Temporal.Instant | null
  }
  'batch.left_alone': {
    area: string
    batch: string
    person: string
    why: string
    since: Temporal.Instant | null
  }
  'batch.row': {
    area: string
    batch: string
    number: number
    key: string | null
    who: string | null
    outcome: string
    reasons: Made<string[]>
    sheet: string
    made: string | null
    undone_at: Temporal.Instant | null
  }
  'brought_along.entry': {
    area: string
    id: string
    person: string
    episode: string
    kind: string
    at: Temporal.Instant
    day_only: boolean
    what: string
    text: string[]
    mark: string | null
    by_name: string | null
    from_name: string
    confined: boolean
  }
  'budget.request': {
    area: string
    id: string
    episode: string
    what: string
    supplier: string
    why: string
    pence: number
    by: string
    at: Temporal.Instant
  }
  'budget.step': {
    area: string
    id: string
    request: string
    number: number
    kind: string
    period: string | null
    pence: number | null
    meeting: string | null
    note: string | null
    on_day: Temporal.PlainDate
    by: string
    at: Temporal.Instant
    withdrawn_at: Temporal.Instant | null
    withdrawn_by: string | null
  }
  'budget_limit.amount': {
    area: string
    period: string
    number: number
    area_pence: number
    person_pence: number
    why: string | null
    by: string
    at: Temporal.Instant
  }
  'budget_limit.approver': {
    area: string
    id: string
    member: string
    pence: number
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
    by: string
    at: Temporal.Instant
    ended_at: Temporal.Instant | null
    ended_by: string | null
  }
  'budget_limit.period': {
    area: string
    id: string
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate
    by: string
    at: Temporal.Instant
  }
  'capacity.capacity': {
    area: string
    id: string
    member: string
    from_on: Temporal.PlainDate
    share: number
    people: number | null
    points: number | null
    why: string | null
    by: string | null
    at: Temporal.Instant
    withdrawn_at: Temporal.Instant | null
    withdrawn_by: string | null
  }
  'changeover.change': {
    area: string
    id: string
    person: string
    kind: string
    from_name: string | null
    to_name: string
    at: Temporal.Instant
    seen_at: Temporal.Instant | null
    withdrawn_at: Temporal.Instant | null
    to_area: string | null
    to_phone: string | null
  }
  'checking.feedback': {
    area: string
    id: string
    service: string
    about: string
    words: string | null
    by: string | null
    at: Temporal.Instant
    settled_by: string | null
    settled_at: Temporal.Instant | null
    answer: string | null
  }
  'clients.client': {
    area: string
    id: string
    organisation: string
    name: string
    contact: string
    scopes: string[]
    added_at: Temporal.Instant
    added_by: string | null
    ended_at: Temporal.Instant | null
    ended_by: string | null
    used_at: Temporal.Instant | null
    per_minute: number
    version: number
  }
  'clients.key': {
    area: string
    client: string
    kid: string
    algorithm: string
    jwk: Json
    added_at: Temporal.Instant
    added_by: string | null
    ended_at: Temporal.Instant | null
    ended_by: string | null
  }
  'clients.minute': {
    area: string
    client: string
    minute: Temporal.Instant
    asked: number
  }
  'clients.statement': {
    area: string
    client: string
    digest: Bytes
    until: Temporal.Instant
  }
  'clients.token': {
    area: string
    token_hash: Bytes
    client: string
    scopes: string[]
    issued_at: Temporal.Instant
    until: Temporal.Instant
  }
  'code.request': {
    area: string
    id: string
    owner: string
    channel: string
    address: string
    address_key: string
    return_path: string | null
    asked_at: Temporal.Instant
    expires_at: Temporal.Instant
    tries: Made<number>
    confirmed_at: Temporal.Instant | null
    used_at: Temporal.Instant | null
  }
  'completion.completion': {
    area: string
    id: string
    episode: string
    completed_on: Temporal.PlainDate
    no_outcome: string | null
    no_outcome_note: string | null
    work_status: string
    off_sick: Made<boolean>
    hours: number | null
    work_ability: number | null
    next: string
    recorded_at: Temporal.Instant
    by: string | null
    step: string
  }
  'completion.goal_result': {
    area: string
    completion: string
    goal: string
    result: string
    person_words: string | null
    coach_words: string | null
  }
  'completion.outcome': {
    area: string
    completion: string
    outcome: string
  }
  'completion.withdrawal': {
    area: string
    id: string
    completion: string
    reason: string
    at: Temporal.Instant
    by: string | null
  }
  'contact.contact': {
    area: string
    id: string
    episode: string
    way: string
    result: string
    note: string | null
    why_this_way: string | null
    happened_at: Temporal.Instant
    recorded_at: Temporal.Instant
    by: string
    next_what: string | null
    next_on: Temporal.PlainDate | null
    next_way: string | null
    next_time: string | null
  }
  'contact.withdrawal': {
    area: string
    contact: string
    reason: string
    note: string | null
    at: Temporal.Instant
    by: string
  }
  'copy.closing': {
    area: string
    request: string
    reason: string
    note: string | null
    by: string | null
    at: Temporal.Instant
  }
  'copy.extension': {
    area: string
    request: string
    due_on: Temporal.PlainDate
    why: string
    told_on: Temporal.PlainDate
    told_how: string
    by: string
    at: Temporal.Instant
  }
  'copy.look': {
    area: string
    id: string
    request: string
    part: string
    fingerprint: string
    withheld: Json
    by: string
    at: Temporal.Instant
  }
  'copy.looker': {
    area: string
    id: string
    request: string
    member: string
    by: string
    at: Temporal.Instant
  }
  'copy.release': {
    area: string
    request: string
    document: ColumnType<unknown, string | null, string | null>
    way: string
    until_on: Temporal.PlainDate | null
    by: string
    at: Temporal.Instant
    emptied_at: Temporal.Instant | null
  }
  'copy.request': {
    area: string
    id: string
    person: string
    asked_on: Temporal.PlainDate
    due_on: Temporal.PlainDate
    how: string
    note: string | null
    by: string | null
    at: Temporal.Instant
  }
  'decision.decision': {
    area: string
    id: string
    referral: string
    episode: string
    decision: string
    answer: string
    findings: Json
    rule_sets: Made<string[]>
    reason: string | null
    by: string
    at: Temporal.Instant
    step: string
  }
  'decision.handover': {
    area: string
    decision: string
    where_to: string
    told_by: string | null
    told_how: string | null
    told_on: Temporal.PlainDate | null
  }
  'decision.withdrawal': {
    area: string
    decision: string
    reason: string
    by: string
    at: Temporal.Instant
    step: string
  }
  'edge.request': {
    area: string
    id: string
    organisation: string
    client: string
    system: string
    value: string
    digest: Bytes
    patient: string
    task: string | null
    referral: string
    nhs_number_verified: boolean
    authored_at: Temporal.Instant
    taken_at: Temporal.Instant
  }
  'eligibility.preset': {
    code: string
    position: number
    name: string
    rules: Json
    council_rules: ColumnType<unknown, string | undefined, string>
    week_limits: ColumnType<unknown, string | null, string | null>
    note: string | null
    source: string
  }
  'eligibility.rule_set': {
    area: string
    id: string
    from_on: Temporal.PlainDate
    council: string | null
    rules: Json
    preset: string | null
    reason: string
    set_by: string
    set_at: Temporal.Instant
  }
  'eligibility.rule_withdrawal': {
    area: string
    rule_set: string
    reason: string
    by: string
    at: Temporal.Instant
  }
  'emailed_answer.email': {
    area: string
    id: string
    referral: string
    digest: string
    kind: string
    from_name: string | null
    from_address: string | null
    known: boolean
    words: string | null
    whole: boolean
    files: number
    reads: string | null
    reads_reason: string | null
    reads_day: Temporal.PlainDate | null
    came_at: Temporal.Instant
    settled_at: Temporal.Instant | null
    settled_as: string | null
    settled_by: string | null
    event: string | null
    emptied_at: Temporal.Instant | null
  }
  'employer.said': {
    area: string
    saying: string
    sentence: string
  }
  'employer.saying': {
    area: string
    id: string
    workplace: string
    number: number
    adjustments: boolean
    phased_return: boolean
    by: string
    at: Temporal.Instant
  }
  'employer.sentence': {
    area: string
    id: string
    person: string
    kind: string
    words: string
    by: string
    at: Temporal.Instant
    withdrawn_by: string | null
    withdrawn_at: Temporal.Instant | null
  }
  'employer.talk': {
    area: string
    id: string
    workplace: string
    kind: string
    minutes: number
    happened_on: Temporal.PlainDate
    note: string
    by: string
    at: Temporal.Instant
    withdrawn_by: string | null
    withdrawn_at: Temporal.Instant | null
  }
  'employer.version': {
    area: string
    workplace: string
    number: number
    organisation: string
    site: string | null
    contact: string
    part: string
    email: string | null
    phone: string | null
    ended_on: Temporal.PlainDate | null
    by: string
    at: Temporal.Instant
    postal_address: string | null
  }
  'employer.workplace': {
    area: string
    id: string
    person: string
    by: string
    at: Temporal.Instant
  }
  'ending.ending': {
    area: string
    id: string
    episode: string
    ended_as: string
    ended_on: Temporal.PlainDate
    said: string | null
    handed_to: string | null
    told: string | null
    to_area: string | null
    died_on: Temporal.PlainDate | null
    recorded_at: Temporal.Instant
    by: string | null
    step: string
    few_tries_because: string | null
  }
  'ending.withdrawal': {
    area: string
    id: string
    ending: string
    reason: string
    at: Temporal.Instant
    by: string | null
  }
  'entry_check.said': {
    area: string
    id: string
    episode: string
    person: string
    programme: string
    point: string
    answer: string
    at: Temporal.Instant
    by: string
  }
  'episode.episode': {
    area: string
    id: string
    person: string
    opened_at: Temporal.Instant
    imported: Made<boolean>
    batch: string | null
  }
  'episode.standing': {
    area: string
    episode: string
    person: string
    stage: string
    stage_since: Temporal.Instant
    route: string | null
    provider: string
    coach: string | null
    received_at: Temporal.Instant
    accepted_at: Temporal.Instant | null
    first_try_by: Temporal.PlainDate | null
    first_tried_at: Temporal.Instant | null
    first_appointment_by: Temporal.PlainDate | null
    first_appointment_at: Temporal.Instant | null
    assessed_at: Temporal.Instant | null
    plan_type: string | null
    plan_agreed_at: Temporal.Instant | null
    last_contact_at: Temporal.Instant | null
    next_due_on: Temporal.PlainDate | null
    next_due_what: string | null
    limit_on: Temporal.PlainDate | null
    paused_at: Temporal.Instant | null
    paused_days: Made<number>
    started_at: Temporal.Instant | null
    ended_at: Temporal.Instant | null
    ended_as: string | null
    follow_up_13_on: Temporal.PlainDate | null
    follow_up_26_on: Temporal.PlainDate | null
    imported: Made<boolean>
    version: Made<number>
  }
  'episode.step': {
    area: string
    id: string
    episode: string
    kind: string
    at: Temporal.Instant
    recorded_at: Temporal.Instant
    by: string | null
    facts: ColumnType<unknown, string | undefined, string>
    fact_row: string | null
    withdrawn_by: string | null
  }
  'erasure.chosen': {
    area: string
    run: string
    person: string
  }
  'erasure.decision': {
    area: string
    request: string
    erases: boolean
    ground: string
    why: string
    by: string
    at: Temporal.Instant
  }
  'erasure.mention': {
    tbl: string
    col: string
    why: string
  }
  'erasure.month': {
    area: string
    run: string
    month: Temporal.PlainDate
    people: number
    at: Temporal.Instant
  }
  'erasure.request': {
    area: string
    id: string
    person: string
    asked_on: Temporal.PlainDate
    how: string
    said: string | null
    recorded_by: string
    recorded_at: Temporal.Instant
  }
  'erasure.run': {
    area: string
    id: string
    because: string
    by: string
    at: Temporal.Instant
    chosen: number
    erased: Made<number>
    left_alone: Made<number>
    finished_at: Temporal.Instant | null
  }
  'feed.feed': {
    area: string
    id: string
    version: number
    address: string
    name: string
    speaks: string
    answers: string
    licence: string
    every: string
    least_share: number
    added_by: string
    added_at: Temporal.Instant
    paused_at: Temporal.Instant | null
    removed_at: Temporal.Instant | null
  }
  'feedback.told': {
    area: string
    referral: string
    news: string
    message: string
    told_at: Temporal.Instant
  }
  'fit_note.difficulty': {
    area: string
    note: string
    place: number
    difficulty: string
    recommendation: string | null
  }
  'fit_note.follow_on': {
    area: string
    id: string
    note: string
    what: string
    ask_on: Temporal.PlainDate | null
    words: string | null
    by: string
    at: Temporal.Instant
  }
  'fit_note.note': {
    area: string
    id: string
    person: string
    kind: string
    assessed_on: Temporal.PlainDate
    stated_on: Temporal.PlainDate
    outcome: string
    advice: Made<string[]>
    comments: string | null
    condition: string | null
    condition_since: Temporal.PlainDate | null
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
    assess_again: boolean | null
    issuer: string
    profession: string
    registration: string | null
    organisation: string | null
    by: string | null
    at: Temporal.Instant
    review_on: Temporal.PlainDate | null
    contact: string | null
    sent_by: string | null
  }
  'fit_note.withdrawal': {
    area: string
    note: string
    reason: string
    by: string
    at: Temporal.Instant
  }
  'fit_note_request.request': {
    area: string
    id: string
    person: string
    came: string
    practice: string
    email: string | null
    asked_on: Temporal.PlainDate
    says: string | null
    note_ends_on: Temporal.PlainDate | null
    hold_by: Temporal.PlainDate
    by: string | null
    at: Temporal.Instant
    withdrawn_at: Temporal.Instant | null
    withdrawn_by: string | null
    withdrawn_because: string | null
  }
  'fit_note_request.result': {
    area: string
    id: string
    request: string
    what: string
    held_on: Temporal.PlainDate
    words: string | null
    by: string
    at: Temporal.Instant
    withdrawn_at: Temporal.Instant | null
    withdrawn_by: string | null
    told: string | null
    untold: string | null
  }
  'follow_up.attempt': {
    area: string
    id: string
    episode: string
    weeks: number
    tried_on: Temporal.PlainDate
    channel: string
    recorded_at: Temporal.Instant
    by: string | null
  }
  'follow_up.follow_up': {
    area: string
    id: string
    episode: string
    weeks: number
    result: string
    heard_on: Temporal.PlainDate
    in_work: string | null
    same_employer: string | null
    hours: number | null
    health: string | null
    adjustments: string | null
    weeks_of_7_hours: number | null
    weeks_of_16_hours: number | null
    said: string | null
    recorded_at: Temporal.Instant
    by: string | null
    step: string
  }
  'follow_up.withdrawal': {
    area: string
    id: string
    follow_up: string
    reason: string
    at: Temporal.Instant
    by: string
  }
  'form.draft': {
    area: string
    owner: string
    page: string
    record: Made<string>
    typed: Json
    saved_at: Temporal.Instant
    expires_at: Temporal.Instant
  }
  'form.press': {
    area: string
    key: Bytes
    led_to: string
    at: Temporal.Instant
  }
  'form.sent': {
    area: string
    key: Bytes
    digest: Bytes
    at: Temporal.Instant
  }
  'gap.missing': {
    area: string
    id: string
    episode: string
    person: string
    need: string
    seen_by: string
    at: Temporal.Instant
    by: string
    withdrawn_at: Temporal.Instant | null
    withdrawn_by: string | null
  }
  'goal.goal': {
    area: string
    id: string
    episode: string
    words: string
    whose: string
    target_on: Temporal.PlainDate | null
    added_at: Temporal.Instant
    added_by: string | null
    taken_out_at: Temporal.Instant | null
    taken_out_by: string | null
    taken_out_why: string | null
    version: Made<number>
  }
  'goal_scaling.rating': {
    area: string
    id: string
    goal: string
    scale: string
    level: number
    rated_on: Temporal.PlainDate
    rated_by: string
    at: Temporal.Instant
    by: string
  }
  'goal_scaling.scale': {
    area: string
    id: string
    goal: string
    number: number
    weight: number
    much_less: string
    less: string
    expected: string
    more: string
    much_more: string
    baseline: number
    set_at: Temporal.Instant
    set_by: string
  }
  'handed_link.link': {
    area: string
    id: string
    code: string
    organisation: string
    made_at: Temporal.Instant
    made_by: string
    ended_at: Temporal.Instant | null
    ended_by: string | null
  }
  'handed_link.started': {
    area: string
    link: string
    on_day: Temporal.PlainDate
    times: number
  }
  'handing_over.package': {
    area: string
    id: string
    episode: string
    from_provider: string
    to_provider: string
    reason: string
    first: string | null
    in_the_way: string | null
    plan: string | null
    coming: string | null
    reach: string | null
    by: string
    at: Temporal.Instant
    answer: string | null
    coach: string | null
    words: string | null
    answered_by: string | null
    answered_at: Temporal.Instant | null
  }
  'health_advice.answer': {
    area: string
    question: string
    advises: string
    by: string
    at: Temporal.Instant
    read_by: string | null
    read_at: Temporal.Instant | null
  }
  'health_advice.question': {
    area: string
    id: string
    episode: string
    asked_of: string
    asks: string
    by: string
    at: Temporal.Instant
    withdrawn_by: string | null
    withdrawn_at: Temporal.Instant | null
  }
  'heard.heard': {
    area: string
    said: string
    person: string
    by: string
    at: Temporal.Instant
  }
  'hold.hold': {
    area: string
    id: string
    person: string
    reason: string
    by: string
    at: Temporal.Instant
    lifted_at: Temporal.Instant | null
    lifted_by: string | null
    lifted_because: string | null
  }
  'identity.account': {
    id: string
    name: string
    email: string | null
    invited_until: Temporal.Instant | null
    created_at: Temporal.Instant
  }
  'identity.login': {
    provider: string
    subject: string
    account: string
    created_at: Temporal.Instant
  }
  'identity.pending': {
    state_hash: Bytes
    browser_hash: Bytes
    provider: string
    nonce: string
    verifier: string
    return_path: string | null
    created_at: Temporal.Instant
    expires_at: Temporal.Instant
  }
  'identity.session': {
    token_hash: Bytes
    account: string
    membership: string | null
    area: string | null
    provider: string
    second_factor: boolean
    id_token: string | null
    return_path: string | null
    created_at: Temporal.Instant
    seen_at: Temporal.Instant
    idle_ends_at: Temporal.Instant
    ends_at: Temporal.Instant
    ended_at: Temporal.Instant | null
    ended_reason: string | null
  }
  'identity.signing_key': {
    id: string
    jwk: Json
    created_at: Temporal.Instant
  }
  'identity.stand_in': {
    model: string
    id: string
    payload: Json
    grant_id: string | null
    user_code: string | null
    uid: string | null
    expires_at: Temporal.Instant | null
    consumed_at: Temporal.Instant | null
  }
  'incoming.file': {
    area: string
    mail: string
    number: number
    name: string
    type: string
    content: Bytes
    is_form: boolean
  }
  'incoming.look': {
    area: string
    at: Temporal.Instant
    problem: string | null
    left_alone: Made<number>
  }
  'incoming.mail': {
    area: string
    id: string
    digest: string
    number: number
    from_name: string | null
    from_address: string | null
    subject: string | null
    came_at: Temporal.Instant
    text: string | null
    form: string | null
    answers: ColumnType<unknown, string | null, string | null>
    reason: string | null
    version: Made<number>
    settled_at: Temporal.Instant | null
    settled_as: string | null
    settled_by: string | null
    why: string | null
    referral: string | null
    practice: string | null
    their_reference: string | null
    emptied_at: Temporal.Instant | null
    emptied_because: string | null
  }
  'instruments.margin': {
    area: string
    id: string
    code: string
    points: number | null
    source: string
    set_at: Temporal.Instant
    set_by: string
  }
  'instruments.pack': {
    area: string
    id: string
    code: string
    version: number
    canonical: string
    content: Json
    licence: string
    added_by: string | null
    added_as: string | null
    added_at: Temporal.Instant
  }
  'instruments.pack_switch': {
    area: string
    id: string
    pack: string
    switched_on: boolean
    at: Temporal.Instant
    by: string
  }
  'intake.intake': {
    area: string
    batch: string
    parcel: string
    trial: string
    begun_by: string
    begun_at: Temporal.Instant
    part: Made<number>
    moved_at: Temporal.Instant
  }
  'job_search.entry': {
    area: string
    id: string
    episode: string
    kind: string
    what: string
    by: string
    at: Temporal.Instant
    taken_back_by: string | null
    taken_back_at: Temporal.Instant | null
  }
  'job_search.readiness': {
    area: string
    episode: string
    item: string
    number: number
    state: string
    by: string
    at: Temporal.Instant
  }
  'job_search.step': {
    area: string
    id: string
    entry: string
    number: number
    result: string
    on_day: Temporal.PlainDate
    note: string | null
    by: string
    at: Temporal.Instant
    taken_back_by: string | null
    taken_back_at: Temporal.Instant | null
  }
  'jobcentres.office': {
    area: string
    id: string
    code: string
    name: string
    district: string | null
    postcode: string | null
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
    by: string | null
    at: Temporal.Instant
  }
  'journal.entry': {
    area: string
    id: string
    at: Temporal.Instant
    kind: string
    what: string
    account: string | null
    role: string | null
    organisation: string | null
    person: string | null
    subject: string | null
    codes: ColumnType<unknown, string | undefined, string>
    digest: Bytes | null
  }
  'journal.salt': {
    area: string
    entry: string
    salt: Bytes
  }
  'journal.seal': {
    area: string
    number: number
    previous: Bytes
    first: string
    last: string
    entries: number
    covered: string[]
    hashes: Bytes
    sealed_at: Temporal.Instant
    hash: Bytes
  }
  'journal.unsealed': {
    area: string
    entry: string
  }
  'keeping.rule': {
    area: string
    id: string
    kind: string
    years: number
    from_on: Temporal.PlainDate
    source: string | null
    reason: string
    set_by: string
    set_at: Temporal.Instant
  }
  'language.signature': {
    area: string
    id: string
    language: string
    digest: string
    name: string
    qualified_as: string
    checked_on: Temporal.PlainDate
    withdrawn_at: Temporal.Instant | null
    withdrawn_by: string | null
    by: string
    at: Temporal.Instant
  }
  'launch.pending': {
    area: string
    state_hash: Bytes
    browser_hash: Bytes
    system: string
    verifier: string
    token_address: string
    issuer: string | null
    expires_at: Temporal.Instant
  }
  'launch.system': {
    area: string
    id: string
    organisation: string
    name: string
    iss: string
    client_id: string
    sign_in: string | null
    added_at: Temporal.Instant
    added_by: string
    ended_at: Temporal.Instant | null
    ended_by: string | null
    used_at: Temporal.Instant | null
    problem: string | null
    problem_at: Temporal.Instant | null
  }
  'leaving.wish': {
    area: string
    id: string
    person: string
    episode: string
    wish: string
    why: string | null
    said: string | null
    at: Temporal.Instant
  }
  'likeness.pair': {
    area: string
    id: string
    person: string
    other: string
    why: string
    found_at: Temporal.Instant
    decided_at: Temporal.Instant | null
    decided_by: string | null
    decision: string | null
    undone_at: Temporal.Instant | null
    reason: string | null
    kept: string | null
    entrusted: Made<string[]>
    followed: Made<string[]>
    undone_by: string | null
    version: Made<number>
  }
  'lines.line': {
    area: string
    batch: string
    sheet: string
    number: number
    cells: string[]
    key: string | null
    parent: string | null
    root: string | null
  }
  'lines.sheet': {
    area: string
    batch: string
    sheet: string
    name: string
    headings: string[]
  }
  'link.link': {
    area: string
    id: string
    token_hash: Bytes
    purpose: string
    person: string | null
    subject: string | null
    issued_at: Temporal.Instant
    issued_by: string | null
    expires_at: Temporal.Instant
    withdrawn_at: Temporal.Instant | null
    first_opened_at: Temporal.Instant | null
    opened: Made<number>
    failed: Made<number>
    asked_anew_at: Temporal.Instant | null
    allowed_by: string | null
    message: string | null
    anew_settled_at: Temporal.Instant | null
  }
  'log.activity': {
    area: string
    id: string
    member: string
    kind: string
    minutes: number
    happened_on: Temporal.PlainDate
    note: string | null
    recorded_at: Temporal.Instant
    withdrawn_at: Temporal.Instant | null
    version: Made<number>
  }
  'log.activity_before': {
    area: string
    activity: string
    number: number
    kind: string
    minutes: number
    happened_on: Temporal.PlainDate
    note: string | null
    at: Temporal.Instant
  }
  'log.entry': {
    area: string
    id: string
    episode: string
    kind: string
    minutes: number
    done: string
    happened_on: Temporal.PlainDate
    next_on: Temporal.PlainDate | null
    recorded_at: Temporal.Instant
    by: string
  }
  'log.withdrawal': {
    area: string
    entry: string
    at: Temporal.Instant
    by: string
  }
  'login.known': {
    area: string
    provider: string
    subject: string
    person: string
    since: Temporal.Instant
    id: Made<string>
    removed_at: Temporal.Instant | null
  }
  'login.waiting': {
    area: string
    owner: string
    provider: string
    subject: string
    nhs_number: string | null
    arrived_at: Temporal.Instant
    expires_at: Temporal.Instant
  }
  'matter.matter': {
    area: string
    id: string
    episode: string
    organisation: string
    asks: string
    summary: string
    urgent: boolean
    why_urgent: string | null
    place: number
    version: Made<number>
    by: string
    at: Temporal.Instant
    withdrawn_at: Temporal.Instant | null
    withdrawn_by: string | null
    withdrawn_why: string | null
  }
  'matter.objection': {
    area: string
    matter: string
    words: string | null
    by: string | null
    at: Temporal.Instant
    seen_at: Temporal.Instant | null
    seen_by: string | null
  }
  'matter.telling': {
    area: string
    id: string
    matter: string
    how: string
    by: string | null
    at: Temporal.Instant
  }
  'meaning.same_words': {
    area: string
    id: string
    words: string[]
    by: string
    at: Temporal.Instant
    ended_by: string | null
    ended_at: Temporal.Instant | null
  }
  'message.message': {
    area: string
    id: string
    person: string
    episode: string
    by: string | null
    words: string
    asks: Made<boolean>
    written_at: Temporal.Instant
  }
  'message.preference': {
    area: string
    id: string
    person: string
    shows: string
    at: Temporal.Instant
  }
  'message.reading': {
    area: string
    message: string
    by: string | null
    at: Temporal.Instant
  }
  'message.settlement': {
    area: string
    item: string
    person: string
    answer: string | null
    by: string
    at: Temporal.Instant
  }
  'message.withdrawal': {
    area: string
    message: string
    by: string
    at: Temporal.Instant
  }
  'move.arrival': {
    area: string
    id: string
    from_area: string
    content: ColumnType<unknown, string | null, string | null>
    why: string
    offered_by: string
    at: Temporal.Instant
    answer: string | null
    words: string | null
    by: string | null
    answered_at: Temporal.Instant | null
    person: string | null
  }
  'move.package': {
    area: string
    id: string
    episode: string
    to_area: string
    content: Json
    why: string
    with_concerns: boolean
    by: string
    at: Temporal.Instant
    delivered_at: Temporal.Instant | null
    answer: string | null
    words: string | null
    answered_by: string | null
    answered_at: Temporal.Instant | null
  }
  'note_offers.card': {
    area: string
    id: string
    organisation: string
    client: string
    why: string
    given_on: Temporal.PlainDate
    outcome: string | null
    reason: string | null
    told_at: Temporal.Instant | null
  }
  'note_offers.counted': {
    area: string
    organisation: string
    month: Temporal.PlainDate
    why: string
    outcome: string
    reason: Made<string>
    cards: number
  }
  'note_offers.switch': {
    area: string
    id: string
    is_on: boolean
    by: string
    at: Temporal.Instant
  }
  'notify.message': {
    area: string
    id: string
    person: string | null
    kind: string
    channel: string
    address: string
    subject: string | null
    body: string
    about: string | null
    allowed_by: string
    written_at: Temporal.Instant
    not_before: Temporal.Instant
    settled_at: Temporal.Instant | null
    settled_as: string | null
    reason: string | null
    recipient: Made<string>
    not_after: Temporal.Instant | null
    tries: Made<number>
    sent_by: string | null
    address_key: string | null
    link_purpose: string | null
    link_subject: string | null
    link_expires_at: Temporal.Instant | null
    arrival: string | null
    arrival_at: Temporal.Instant | null
    template: string | null
    template_language: string | null
    template_version: number | null
    template_format: string | null
    gone_as: string | null
  }
  'notify.reply': {
    area: string
    id: string
    carried_as: string
    message: string | null
    person: string | null
    address: string
    address_key: string
    body: string
    opts_out: boolean
    received_at: Temporal.Instant
    kept_at: Temporal.Instant
    asks_to_cancel: boolean
  }
  'offer.offer': {
    area: string
    id: string
    episode: string
    member: string
    purpose: string
    modes: string[]
    told_by: string
    offered_at: Temporal.Instant
    offered_by: string
    expires_at: Temporal.Instant
    withdrawn_at: Temporal.Instant | null
    withdrawn_by: string | null
  }
  'online.closing': {
    area: string
    id: string
    person: string
    reason: string
    note: string | null
    closed_by: string
    closed_at: Temporal.Instant
    lifted_by: string | null
    lifted_at: Temporal.Instant | null
  }
  'online.session': {
    area: string
    token_hash: Bytes
    person: string
    way: string
    created_at: Temporal.Instant
    seen_at: Temporal.Instant
    idle_ends_at: Temporal.Instant
    ends_at: Temporal.Instant
    ended_at: Temporal.Instant | null
    ended_reason: string | null
  }
  'onward.event': {
    area: string
    id: string
    referral: string
    kind: string
    witness: string
    at: Temporal.Instant
    by: string | null
    how: string | null
    parts: string[] | null
    reason: string | null
    on_day: Temporal.PlainDate | null
    place: number | null
    sessions: number | null
    note: string | null
    by_name: string | null
    read_at: Temporal.Instant | null
    read_by: string | null
  }
  'onward.referral': {
    area: string
    id: string
    person: string
    episode: string
    kind: string
    service: string
    service_version: number
    service_name: string
    goal: string
    action: string | null
    wanted: string
    parts: Json
    contact: string | null
    address: string | null
    meet: string | null
    meet_at: Temporal.Instant | null
    follows: string | null
    state: string
    state_at: Temporal.Instant
    asked_at: Temporal.Instant | null
    allowed_by: string | null
    version: Made<number>
    written_at: Temporal.Instant
    written_by: string | null
    answered_on: Temporal.PlainDate | null
    started_on: Temporal.PlainDate | null
    closed: Made<boolean>
  }
  'onward_figures.contest': {
    area: string
    id: string
    service: string
    words: string
    stood: string
    by_name: string
    by: string | null
    at: Temporal.Instant
    answer: string | null
    answered_by: string | null
    answered_at: Temporal.Instant | null
  }
  'onward_silence.proposal': {
    area: string
    id: string
    referral: string
    service: string
    service_version: number
    service_name: string
    address: string | null
    proposed_at: Temporal.Instant
    decided_at: Temporal.Instant | null
    decided_as: string | null
    decided_by: string | null
    note: string | null
    read_at: Temporal.Instant | null
    read_by: string | null
  }
  'organisations.member': {
    area: string
    id: string
    account: string
    name: string
    email: string
    phone: string | null
    organisation: string
    role: string
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
    languages: Made<string[]>
    works_in: Made<string[]>
    version: Made<number>
  }
  'organisations.organisation': {
    area: string
    id: string
    name: string
    kind: string
    data_role: string
    ods_code: string | null
    phone: string | null
    email: string | null
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
    version: Made<number>
    no_new_from: Temporal.PlainDate | null
    changed_at: Made<Temporal.Instant>
  }
  'organisations.sharing': {
    area: string
    id: string
    holder: string
    partner: string
    reason: string
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
    agreed_by: string | null
  }
  'outing.outing': {
    area: string
    id: string
    organisation: string
    member: string
    person: string | null
    place: string
    with_whom: string | null
    phone: string | null
    leaves_at: Temporal.Instant
    back_by: Temporal.Instant
    said_at: Temporal.Instant
  }
  'outing.word': {
    area: string
    id: string
    outing: string
    kind: string
    back_by: Temporal.Instant | null
    by: string
    at: Temporal.Instant
  }
  'owner_check.asked': {
    area: string
    id: string
    service: string
    address: string
    round: string | null
    by: string | null
    at: Temporal.Instant
    until: Temporal.Instant
    answered_at: Temporal.Instant | null
    answer: string | null
    by_name: string | null
    stood: string[] | null
    proposal: string | null
  }
  'owner_check.round': {
    area: string
    id: string
    by: string
    at: Temporal.Instant
    checked_before: Temporal.PlainDate
    due: number
    looked_at: Made<number>
    sent: Made<number>
    without_address: Made<number>
    asked_lately: Made<number>
    after_service: string | null
    moved_at: Temporal.Instant
    finished_at: Temporal.Instant | null
  }
  'parcel.parcel': {
    area: string
    id: string
    kind: string
    source: string
    organisation: string
    sent_by: string
    sent_at: Temporal.Instant
    emptied_at: Temporal.Instant | null
  }
  'parcel.part': {
    area: string
    parcel: string
    sheet: string
    part: number
    lines: Json
  }
  'parcel.sheet': {
    area: string
    parcel: string
    sheet: string
    name: string
    digest: string
    headings: string[]
    rows: number
  }
  'passing_on.answer': {
    area: string
    offer: string
    answer: string
    words: string | null
    by: string
    at: Temporal.Instant
  }
  'passing_on.offer': {
    area: string
    id: string
    episode: string
    from_coach: string
    to_coach: string
    in_the_way: string | null
    plan: string | null
    coming: string | null
    reach: string | null
    first: string | null
    by: string
    at: Temporal.Instant
    withdrawn_at: Temporal.Instant | null
  }
  'passport.version': {
    area: string
    id: string
    person: string
    number: number
    introduction: string | null
    at: Temporal.Instant
  }
  'pause.look': {
    area: string
    id: string
    pause: string
    check_on: Temporal.PlainDate
    note: string | null
    at: Temporal.Instant
    by: string
  }
  'pause.pause': {
    area: string
    id: string
    episode: string
    waits_for: string
    whom: string | null
    since_on: Temporal.PlainDate
    check_on: Temporal.PlainDate
    note: string | null
    at: Temporal.Instant
    by: string
  }
  'pause.resumption': {
    area: string
    pause: string
    resumed_on: Temporal.PlainDate
    note: string | null
    at: Temporal.Instant
    by: string | null
  }
  'people.equality': {
    area: string
    person: string
    sex: string | null
    gender: string | null
    ethnicity: string | null
    disability: string | null
    condition_lasting: string | null
    condition_limiting: string | null
    caring: string | null
    veteran: string | null
    asked_at: Temporal.Instant
    version: Made<number>
  }
  'people.holder': {
    area: string
    person: string
    organisation: string
    since: Temporal.Instant
    until: Temporal.Instant | null
    reads_until: Temporal.Instant | null
  }
  'people.means': {
    area: string
    id: string
    person: string
    kind: string
    value: string
    value_key: Computed<string>
    wanted: Made<boolean>
    safe: Made<boolean>
    voicemail_safe: Made<boolean>
    preferred: Made<boolean>
    added_at: Temporal.Instant
    ended_at: Temporal.Instant | null
    version: Made<number>
    failed_at: Temporal.Instant | null
    unconfirmed_at: Temporal.Instant | null
    code: string | null
    code_sent_at: Temporal.Instant | null
    codes_sent: Made<number>
    code_tries: Made<number>
    given_by: Made<string>
    theirs_at: Temporal.Instant | null
    theirs_of: string | null
    theirs_by: string | null
  }
  'people.name_word': {
    area: string
    word: string
    person: string
  }
  'people.named_access': {
    area: string
    person: string
    membership: string
    from_at: Temporal.Instant
    until_at: Temporal.Instant | null
    given_by: string | null
    reason: string
    opened: Made<boolean>
    note: string | null
  }
  'people.person': {
    area: string
    id: string
    given_name: string
    family_name: string
    preferred_name: string | null
    pronouns: string | null
    born_on: Temporal.PlainDate
    nhs_number: string | null
    address: string | null
    postcode: string | null
    no_fixed_address: Made<boolean>
    council: string | null
    gp_practice: string | null
    gp_practice_code: string | null
    jobcentre: string | null
    language: string | null
    interpreter: string | null
    access_needs: Made<string[]>
    access_note: string | null
    access_reviewed_on: Temporal.PlainDate | null
    safe_note: string | null
    best_time: string | null
    restricted: Made<boolean>
    restricted_reason: string | null
    restricted_note: string | null
    died_on: Temporal.PlainDate | null
    merged_into: string | null
    registered_at: Temporal.Instant
    synthetic: Made<boolean>
    batch: string | null
    version: Made<number>
    names_version: Made<number>
    home_version: Made<number>
    language_version: Made<number>
    access_version: Made<number>
    safety_version: Made<number>
    death_day_known: Made<boolean>
    access_consent: string | null
    access_conditions: Made<string[]>
    merged_at: Temporal.Instant | null
  }
  'permissions.permission': {
    area: string
    id: string
    person: string
    switch: string
    recipient: Made<string>
    allows: string
    given: boolean
    wording_version: number | null
    how: string
    lawful_basis: string
    recorded_by: string | null
    at: Temporal.Instant
    form: string | null
    notice_version: number | null
    batch: string | null
    facts: string[] | null
  }
  'permissions.wording': {
    area: string
    switch: string
    version: number
    text: string
    from_on: Temporal.PlainDate
    set_by: string | null
    set_at: Temporal.Instant | null
  }
  'phased_return.version': {
    area: string
    id: string
    episode: string
    number: number
    usual_days: number[]
    usual_hours: string
    weekly_pay_pence: number | null
    off_since: Temporal.PlainDate | null
    begins_on: Temporal.PlainDate
    by: string
    at: Temporal.Instant
  }
  'phased_return.week': {
    area: string
    version: string
    place: number
    days: number[]
    hours: string
    duties: string | null
    review: boolean
  }
  'pilot.answer': {
    area: string
    id: string
    pilot: string
    episode: string
    person: string
    given: boolean
    wording_version: number
    how: string
    place: number | null
    gets: string | null
    by: string | null
    at: Temporal.Instant
  }
  'pilot.change': {
    area: string
    id: string
    pilot: string
    number: number
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate
    cohort: Json
    why: string
    by: string
    at: Temporal.Instant
  }
  'pilot.invitation': {
    area: string
    pilot: string
    episode: string
    person: string
    by: string
    at: Temporal.Instant
  }
  'pilot.offered': {
    id: string
    name: string
    tried: string
    wording: string
    measured: string[]
    allotting: string
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate
    by_name: string
    at: Temporal.Instant
  }
  'pilot.pilot': {
    area: string
    id: string
    offered: string | null
    name: string
    tried: string
    measured: string[]
    allotting: string
    seed: string | null
    cohort: Json
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate
    by: string
    at: Temporal.Instant
    ended_at: Temporal.Instant | null
    ended_by: string | null
    came: string | null
    decided: string | null
  }
  'pilot.wording': {
    area: string
    pilot: string
    version: number
    words: string
    by: string
    at: Temporal.Instant
  }
  'places.bank_holiday': {
    day: Temporal.PlainDate
    name: string
  }
  'places.board': {
    code: string
    name: string
    short_name: string
    region: string
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
  }
  'places.board_code': {
    ons: string
    board: string
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
  }
  'places.board_succession': {
    board: string
    successor: string
    happened_on: Temporal.PlainDate
    residents: number
    small_areas: number
    share: number
  }
  'places.council': {
    code: string
    name: string
    kind: string
    county: string | null
    residents: number
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
  }
  'places.council_board': {
    council: string
    board: string
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
    residents: number
    small_areas: number
    share: number
  }
  'places.council_code': {
    ons: string
    council: string
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
  }
  'places.gp_practice': {
    code: string
    name: string
    postcode: string | null
    board: string | null
    opened_on: Temporal.PlainDate | null
    closed_on: Temporal.PlainDate | null
  }
  'places.loading': {
    what: string
    stamp: string
    source: string
    taken: number
    refused: number
    loaded_at: Made<Temporal.Instant>
  }
  'places.postcode': {
    code: string
    outward: Computed<string>
    country: string
    council: string | null
    board_ons: string | null
    small_area: string | null
    introduced_on: Temporal.PlainDate | null
    ended_on: Temporal.PlainDate | null
    latitude: number | null
    longitude: number | null
  }
  'places.programme_figure': {
    code: string
    what: string
    qualifier: string | null
    value: number
    unit: string
    said_on: Temporal.PlainDate | null
    board: string | null
    source: string
  }
  'places.region': {
    code: string
    ons: string
    name: string
  }
  'places.vanguard': {
    board: string
    fit_notes_2023: number
    fit_notes_source: string
    participants: number | null
    participants_note: string | null
    participants_source: string | null
    award_gbp: number | null
    award_note: string | null
    award_source: string | null
  }
  'plan.plan': {
    area: string
    episode: string
    type: string
    review_on: Temporal.PlainDate
    target_on: Temporal.PlainDate | null
    begun_at: Temporal.Instant
    begun_by: string | null
    version: Made<number>
  }
  'plan.review': {
    area: string
    id: string
    episode: string
    reviewed_on: Temporal.PlainDate
    result: string
    said: string
    next_on: Temporal.PlainDate | null
    recorded_at: Temporal.Instant
    by: string | null
  }
  'plan_offer.answer': {
    area: string
    id: string
    offer: string
    answer: string
    words: string | null
    way: string
    at: Temporal.Instant
    seen_at: Temporal.Instant | null
    seen_by: string | null
    content: ColumnType<unknown, string | null, string | null>
  }
  'plan_offer.offer': {
    area: string
    id: string
    episode: string
    agreed_before: number
    told_by: string
    offered_at: Temporal.Instant
    offered_by: string
    expires_at: Temporal.Instant
    withdrawn_at: Temporal.Instant | null
    withdrawn_by: string | null
  }
  'profile.plan': {
    area: string
    id: string
    organisation: string
    why: string | null
    entered_by: string
    entered_at: Temporal.Instant
  }
  'profile.planned': {
    area: string
    plan: string
    month: Temporal.PlainDate
    starts: number
  }
  'proposing.proposal': {
    area: string
    id: string
    service: string
    base: number
    document: Json
    came_from: string
    note: string | null
    by: string | null
    at: Temporal.Instant
    decided_by: string | null
    decided_at: Temporal.Instant | null
    accepted: boolean | null
    reason: string | null
    about: Made<string>
  }
  'questionnaires.answer': {
    area: string
    id: string
    form: string
    person: string
    asked_for: string
    instrument: string
    version: number
    items: Json
    score: number | null
    band: string | null
    missing: number
    alert: Made<boolean>
    answered_at: Temporal.Instant
    answered_by: string
    recorded_by: string | null
    canonical: string | null
    typed_in: Made<boolean>
  }
  'questionnaires.asking': {
    area: string
    id: string
    person: string
    asked_for: string
    instruments: string[]
    asked_by: string
    asked_at: Temporal.Instant
    expires_at: Temporal.Instant
    alerted_at: Temporal.Instant | null
    sent_at: Temporal.Instant | null
    withdrawn_at: Temporal.Instant | null
    withdrawn_by: string | null
    no_longer_asked: Made<string[]>
  }
  'questionnaires.begun': {
    area: string
    asking: string
    instrument: string
    items: Json
    saved_at: Temporal.Instant
    done: Made<boolean>
  }
  'questionnaires.withdrawal': {
    area: string
    answer: string
    reason: string
    by: string
    at: Temporal.Instant
  }
  'receiver.message': {
    area: string
    request_id: string
    correlation_id: string
    sender: string
    bundle: string
    request: string
    kind: string
    digest: Bytes
    given_ids: Json
    at: Temporal.Instant
  }
  'receiver.request': {
    area: string
    id: string
    sender: string
    bundle: string
    referral: string
    use_case: string
    status: string
    authored_at: Temporal.Instant
    updated_at: Temporal.Instant
    nhs_number_verified: boolean
  }
  'rectification.answer': {
    area: string
    request: string
    result: string
    words: string
    by: string
    at: Temporal.Instant
    told: string | null
  }
  'rectification.request': {
    area: string
    id: string
    person: string
    about: string
    says: string
    asked_on: Temporal.PlainDate
    how: string
    recorded_by: string | null
    recorded_at: Temporal.Instant
  }
  'referral.answer': {
    area: string
    referral: string
    agreed: boolean
    feedback_agreed: boolean | null
    how: string
    at: Temporal.Instant
    by: string
  }
  'referral.earlier': {
    area: string
    referral: string
    version: number
    was: Json
    until_at: Temporal.Instant
    changed_by: string
  }
  'referral.reference': {
    area: string
    referral: string
    reference: string
    given_at: Temporal.Instant
  }
  'referral.referral': {
    area: string
    id: string
    person: string
    episode: string | null
    route: string
    channel: string
    agreement: string
    holder: string
    received_on: Temporal.PlainDate
    received_at: Temporal.Instant
    typed_at: Temporal.Instant
    typed_by: string | null
    work_status: string | null
    main_barrier: string | null
    fit_note: string | null
    fit_note_ends_on: Temporal.PlainDate | null
    reason: string | null
    how_heard: string | null
    referrer_name: string | null
    referrer_organisation: string | null
    referrer_email: string | null
    feedback: string
    version: Made<number>
    sent_quickly: Made<boolean>
    person_name: string | null
    referrer_key: Computed<string | null>
    asked_fit_note: Made<boolean>
    from_listing: string | null
    by_link: string | null
  }
  'referral_form.codes': {
    area: string
    system: string
    version: number
    codes: Json
    at: Temporal.Instant
    by: string
  }
  'reply.reply': {
    area: string
    id: string
    request: string
    request_id: string
    news: string
    written_at: Temporal.Instant
    not_before: Temporal.Instant
    tries: Made<number>
    first_tried_at: Temporal.Instant | null
    last_tried_at: Temporal.Instant | null
    last_answer: string | null
    reason: string | null
    settled_at: Temporal.Instant | null
    settled_as: string | null
    settled_by: string | null
  }
  'reply_address.address': {
    area: string
    id: string
    organisation: string
    address: string
    service: string
    added_at: Temporal.Instant
    added_by: string
    ended_at: Temporal.Instant | null
    ended_by: string | null
  }
  'request.answer': {
    area: string
    id: string
    request: string
    answer: string
    note: string | null
    by_name: string | null
    at: Temporal.Instant
    read_by: string | null
    read_at: Temporal.Instant | null
  }
  'request.request': {
    area: string
    id: string
    kind: string
    person: string
    referral: string | null
    organisation: string
    contact: string | null
    address: string
    asks: string
    shared: ColumnType<unknown, string | undefined, string>
    allowed_by: string
    asked_by: string
    asked_at: Temporal.Instant
    closed_at: Temporal.Instant | null
    closed_by: string | null
  }
  'resettling.member': {
    area: string
    party: string
    episode: string
    provider_before: string
    coach_before: string | null
    change: string | null
    undone_at: Temporal.Instant | null
  }
  'resettling.party': {
    area: string
    id: string
    notice: string
    way: string
    organisation: string | null
    coach: string | null
    ended_as: string | null
    note: string | null
    by: string
    at: Temporal.Instant
    withdrawn_at: Temporal.Instant | null
    withdrawn_by: string | null
  }
  'return.answer': {
    area: string
    question: string
    answer: string
    answered_by: string
    answered_at: Temporal.Instant
  }
  'return.question': {
    area: string
    id: string
    month: Temporal.PlainDate
    version: number
    question: string
    asked_by: string
    asked_at: Temporal.Instant
  }
  'return.signature': {
    area: string
    month: Temporal.PlainDate
    version: number
    figures: Json
    digest: string
    reason: string | null
    signed_by: string
    signed_at: Temporal.Instant
  }
  'rhythm.rhythm': {
    area: string
    episode: string
    number: number
    every: string
    by: string
    at: Temporal.Instant
    id: string
  }
  'run.page': {
    area: string
    feed: string
    address: string
    etag: string | null
    modified: string | null
    next: string | null
    told: number | null
    outer_ids: string[]
  }
  'run.row': {
    area: string
    run: string
    number: number
    page: number
    outer_id: string | null
    name: string | null
    taken: boolean
    reason: string
  }
  'run.run': {
    area: string
    id: string
    feed: string
    kind: string
    by: string | null
    began_at: Temporal.Instant
    moved_at: Temporal.Instant
    ended_at: Temporal.Instant | null
    ending: string | null
    since: Temporal.Instant | null
    page: Made<number>
    item: Made<number>
    next: string | null
    repeated: Made<number>
    told: number | null
    tries: Made<number>
    trouble: string | null
    shown: string | null
    next_try: Temporal.Instant | null
    taken: Made<number>
    unchanged: Made<number>
    changed: Made<number>
    disputed: Made<number>
    refused: Made<number>
    remarked: Made<number>
    twice: Made<number>
    missing: Made<number>
    back: Made<number>
    knows_since: Made<boolean>
  }
  'safety.concern': {
    area: string
    id: string
    episode: string
    person: string
    kind: string
    about_others: Made<boolean>
    source: string
    seen: string
    recorded_at: Temporal.Instant
    recorded_by: string | null
    raised_by: Made<string>
    raised_name: string | null
    said: string | null
    act_by: Made<string>
  }
  'safety.look': {
    area: string
    id: string
    concern: string
    looked_at: Temporal.Instant
    by: string | null
    told: string | null
    told_at: Temporal.Instant | null
    done: string
    next_look_on: Temporal.PlainDate | null
    closed_as: string | null
    done_at: Temporal.Instant | null
    closed_why: string | null
  }
  'safety.point': {
    area: string
    id: string
    concern: string
    point: number
    done: boolean
    by: string
    at: Temporal.Instant
  }
  'safety_arrangement.duty': {
    area: string
    id: string
    organisation: string
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate
    lead: string
    deputy: string | null
    said_by: string
    said_at: Temporal.Instant
    taken_back_by: string | null
    taken_back_at: Temporal.Instant | null
  }
  'safety_arrangement.version': {
    area: string
    id: string
    from_on: Temporal.PlainDate
    points: Json
    read_from: string
    read_until: string
    minutes_now: number
    minutes_otherwise: number
    out_of_hours: string
    cover: string | null
    why: string | null
    said_by: string
    said_at: Temporal.Instant
  }
  'safety_plan.version': {
    area: string
    id: string
    episode: string
    person: string
    number: number
    signs: string | null
    helps: string | null
    places: string | null
    people: string | null
    professionals: string | null
    safer: string | null
    reasons: string | null
    shown: boolean
    by: string
    at: Temporal.Instant
  }
  'screening.answer': {
    area: string
    id: string
    question: string
    referral: string
    answer: string
    asked_by: string
    asked_at: Temporal.Instant
  }
  'sent_note.note': {
    area: string
    note: string
    organisation: string
    client: string
    system: string
    value: string
    digest: Bytes
    request: string
    taken_at: Temporal.Instant
  }
  'services.at_location': {
    area: string
    id: string
    service: string
    location: string
    published: Made<boolean>
    supplied: Made<boolean>
  }
  'services.location': {
    area: string
    id: string
    version: number
    name: string
    town: string | null
    outward: string | null
    published: boolean
    document: Json
    latitude: number | null
    longitude: number | null
    town_key: Computed<string | null>
  }
  'services.near': {
    area: string
    cell: number
    service: string
    location: string
    latitude: number
    longitude: number
    marks: number
    hours: string
  }
  'services.opening': {
    area: string
    service: string
    place: number
    location: string | null
    day: number
    opens: unknown
    closes: unknown
    published: boolean
  }
  'services.owner': {
    area: string
    id: string
    version: number
    name: string
    organisation: string | null
    document: Json
    changed_at: Made<Temporal.Instant>
  }
  'services.served': {
    area: string
    service: string
    kind: string
    code: string
    published: boolean
  }
  'services.service': {
    area: string
    id: string
    version: number
    owner: string
    name: string
    summary: string
    also: string
    origin: string
    published: boolean
    located: boolean
    free: boolean
    least_age: number | null
    most_age: number | null
    wait_weeks: number | null
    wait_on: Temporal.PlainDate | null
    capacity: string | null
    valid_from: Temporal.PlainDate | null
    valid_until: Temporal.PlainDate | null
    paused_from: Temporal.PlainDate | null
    paused_until: Temporal.PlainDate | null
    checked_on: Temporal.PlainDate | null
    changed_at: Temporal.Instant
    document: Json
    words: Computed<unknown>
    name_key: Computed<string | null>
    marks: Made<number>
    hours: Made<string>
    whole_hours: Made<string>
    renewed_at: Made<Temporal.Instant>
    bare_name: Computed<string>
  }
  'services.service_term': {
    area: string
    term: string
    service: string
    published: boolean
    supplied: boolean
  }
  'services.spelling': {
    area: string
    key: string
    word: string
  }
  'services.taxonomy': {
    area: string
    id: string
    name: string
    about: string
  }
  'services.term': {
    area: string
    id: string
    taxonomy: string
    name: string
    about: string
    parent: string | null
  }
  'services.version': {
    area: string
    about: string
    subject: string
    version: number
    document: Json
    came_from: string
    source: string | null
    note: string | null
    by: string | null
    at: Temporal.Instant
  }
  'services.word': {
    area: string
    word: string
    service: string
    weight: number
    marks: number
    hours: string
    rank: Computed<number>
    published: boolean
    supplied: boolean
  }
  'sick_pay.rule': {
    from_on: Temporal.PlainDate
    weekly_pence: number
    share_percent: number | null
    waiting_days: number
    least_weekly_pence: number | null
    least_days_in_row: number
    link_days: number
    most_weeks: number
    source: string
  }
  'solution.ignoring': {
    area: string
    id: string
    episode: string
    solution: string
    by: string
    at: Temporal.Instant
    taken_back_by: string | null
    taken_back_at: Temporal.Instant | null
  }
  'solution.version': {
    area: string
    solution: string
    version: number
    barrier: string
    what: string
    owner: string
    days: number
    service: string | null
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
    set_by: string
    set_at: Temporal.Instant
  }
  'source.received': {
    area: string
    source: string
    outer_id: string
    service: string
    document: Json
    at: Temporal.Instant
    missing_since: Temporal.Instant | null
    seen_at: Temporal.Instant
    mark: string | null
  }
  'source.supplied': {
    area: string
    stamp: string
    at: Temporal.Instant
  }
  'staff_and_money.money': {
    area: string
    id: string
    organisation: string
    month: Temporal.PlainDate
    kind: string
    pounds: number
    why: string | null
    entered_by: string
    entered_at: Temporal.Instant
  }
  'staff_and_money.planned_staff': {
    area: string
    id: string
    organisation: string
    role: string
    from_on: Temporal.PlainDate
    people: number
    why: string | null
    entered_by: string
    entered_at: Temporal.Instant
  }
  'supervision.decision': {
    area: string
    id: string
    episode: string
    decided: string
    by: string
    at: Temporal.Instant
    withdrawn_at: Temporal.Instant | null
    withdrawn_by: string | null
  }
  'supervision.note': {
    area: string
    supervision: string
    number: number
    supervisor: string
    coach: string
    agreed: string
    by: string
    at: Temporal.Instant
  }
  'supervision.supervision': {
    area: string
    id: string
    supervisor: string
    coach: string
    on_day: Temporal.PlainDate
    next_on: Temporal.PlainDate | null
    version: Made<number>
    by: string
    at: Temporal.Instant
    withdrawn_at: Temporal.Instant | null
    withdrawn_by: string | null
  }
  'supervision.talked_about': {
    area: string
    supervision: string
    episode: string
    supervisor: string
    coach: string
    by: string
    at: Temporal.Instant
    removed_at: Temporal.Instant | null
  }
  'support_now.came_back': {
    area: string
    referral: string
    action: string
    at: Temporal.Instant
    by: string
  }
  'team.attendance': {
    area: string
    meeting: string
    member: string
    from_version: number
    until_version: number | null
  }
  'team.carried': {
    area: string
    matter: string
    meeting: string
    why: string | null
    by: string
    at: Temporal.Instant
  }
  'team.decision': {
    area: string
    id: string
    matter: string
    meeting: string
    becomes: string
    decided: string
    owner: string | null
    due_on: Temporal.PlainDate | null
    action: string | null
    note: string | null
    by: string
    at: Temporal.Instant
    withdrawn_at: Temporal.Instant | null
    withdrawn_by: string | null
  }
  'team.meeting': {
    area: string
    id: string
    organisation: string
    on_day: Temporal.PlainDate
    starts: string
    place: string | null
    chair: string
    version: Made<number>
    by: string
    at: Temporal.Instant
    closed_at: Temporal.Instant | null
    closed_by: string | null
    called_off_at: Temporal.Instant | null
    called_off_by: string | null
  }
  'team.result': {
    area: string
    id: string
    decision: string
    done: boolean
    note: string | null
    by: string
    at: Temporal.Instant
  }
  'templates.words': {
    area: string
    template: string
    language: string
    format: string
    version: number
    subject: string | null
    body: string | null
    set_by: string
    set_at: Temporal.Instant
  }
  'three_way.answer': {
    area: string
    reply: string
    place: number
    answer: string
    from_on: Temporal.PlainDate | null
    words: string | null
    step: string | null
  }
  'three_way.consent': {
    area: string
    id: string
    reply: string
    party: string
    agrees: boolean
    how: string
    note: string | null
    by: string | null
    at: Temporal.Instant
    read_by: string | null
    read_at: Temporal.Instant | null
  }
  'three_way.item': {
    area: string
    id: string
    proposal: string
    place: number
    adjustment: string
    kind: string
    what: string
  }
  'three_way.proposal': {
    area: string
    id: string
    episode: string
    person: string
    workplace: string
    organisation: string
    contact: string
    address: string | null
    asks: string
    shared: Json
    phased_return: string | null
    allowed_by: string
    by: string
    at: Temporal.Instant
    sent_at: Temporal.Instant | null
    closed_by: string | null
    closed_at: Temporal.Instant | null
  }
  'three_way.reply': {
    area: string
    id: string
    proposal: string
    number: number
    how: string
    by_name: string
    note: string | null
    by: string | null
    at: Temporal.Instant
    read_by: string | null
    read_at: Temporal.Instant | null
  }
  'triage.joining': {
    area: string
    id: string
    episode: string
    kept_episode: string
    step: string
    joined_at: Temporal.Instant
    joined_by: string
    parted_at: Temporal.Instant | null
    parted_by: string | null
  }
  'trial.refusal': {
    area: string
    trial: string
    sheet: string
    number: number
    reasons: string[]
  }
  'trial.seen': {
    area: string
    trial: string
    key: string
    who: string
  }
  'trial.sheet': {
    area: string
    trial: string
    sheet: string
    columns: string[]
    rows: Made<number>
    taken: Made<number>
    already: Made<number>
    refused: Made<number>
  }
  'trial.trial': {
    area: string
    id: string
    parcel: string
    begun_by: string
    begun_at: Temporal.Instant
    part: Made<number>
    moved_at: Temporal.Instant
    finished_at: Temporal.Instant | null
    batch: string | null
  }
  'twins.pair': {
    area: string
    id: string
    one: string
    other: string
    because: string[]
    found_at: Temporal.Instant
    decision: string | null
    reason: string | null
    decided_by: string | null
    decided_at: Temporal.Instant | null
  }
  'two_sides.saying': {
    area: string
    id: string
    pair: string
    person: string
    says: string
    reason: string
    by: string
    at: Temporal.Instant
  }
  'webhook_address.address': {
    area: string
    id: string
    client: string
    address: string
    key: Made<number>
    key_before: number | null
    added_at: Temporal.Instant
    added_by: string
    ended_at: Temporal.Instant | null
    ended_by: string | null
  }
  'webhook_event.event': {
    area: string
    id: string
    client: string
    queue: string
    request: string | null
    said: string | null
    written_at: Temporal.Instant
    not_before: Temporal.Instant
    tries: Made<number>
    first_tried_at: Temporal.Instant | null
    last_tried_at: Temporal.Instant | null
    last_answer: number | null
    reason: string | null
    settled_at: Temporal.Instant | null
    settled_as: string | null
    settled_by: string | null
  }
  'week_limit.review': {
    area: string
    id: string
    episode: string
    outcome: string
    until_on: Temporal.PlainDate | null
    reason: string | null
    weeks_used: number
    at: Temporal.Instant
    by: string
  }
  'winding_up.notice': {
    area: string
    id: string
    organisation: string
    ends_on: Temporal.PlainDate
    no_new_from: Temporal.PlainDate
    reason: string
    words: string | null
    keeper: string
    until_before: Temporal.PlainDate | null
    by: string
    at: Temporal.Instant
    withdrawn_at: Temporal.Instant | null
    withdrawn_by: string | null
    withdrawn_because: string | null
    closed_at: Temporal.Instant | null
    passed_on: number | null
  }
  'withdrawal.withdrawal': {
    area: string
    referral: string
    note: string | null
    by_member: string | null
    at: Temporal.Instant
    read_by: string | null
    read_at: Temporal.Instant | null
  }
}
