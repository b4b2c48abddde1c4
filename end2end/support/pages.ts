import { DEMO } from './demo';
import type { Orienta } from './orienta';

/** An address with the name of what it shows. */
export type Shown = { name: string; path: string };

const uuid = (digits: string) => digits.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Every page of every role on the demonstration, with the account that sees it. */
export function pages(demo: Orienta): Record<string, { account: string | null; shown: Shown[] }> {
  const one = (rows: { id: string }[]) => uuid(rows[0]?.id ?? 'none');
  const code = (kind: string, not: string) =>
    demo.rows<{ code: string }>`select code from certificate c where exists (select 1 from certificate_event e where e.certificate_id = c.id and e.kind = ${kind})
      and not exists (select 1 from certificate_event e where e.certificate_id = c.id and e.kind = ${not}) limit 1`[0]?.code ?? 'none';
  const enrolment = (number: string) => one(demo.rows`select hex(e.id) as id from enrolment e join document d on d.person_id = e.person_id where d.number = ${number}`);
  const result = one(demo.rows`select hex(a.id) as id from attempt a join enrolment e on e.id = a.enrolment_id join document d on d.person_id = e.person_id
    where d.number = ${DEMO.certified} and a.state = 'released' order by a.started_at desc limit 1`);
  const meeting = (confirmed: number) => one(demo.rows`select hex(id) as id from meeting where (confirmed_at is not null) = ${confirmed} limit 1`);
  const draft = (state: string) => one(demo.rows`select hex(id) as id from draft where state = ${state} limit 1`);
  const cohort = one(demo.rows`select hex(cohort_id) as id from enrolment e join document d on d.person_id = e.person_id where d.number = ${DEMO.studying}`);
  const number = demo.rows<{ number: string }>`select number from certificate limit 1`[0]?.number ?? 'none';
  const revoked = demo.rows<{ number: string }>`select c.number from certificate c join certificate_event e on e.certificate_id = c.id where e.kind = 'revoke' limit 1`[0]?.number ?? 'none';
  const inPerson = demo.rows<{ id: string }>`select lesson_id as id from meeting_item limit 1`[0]?.id ?? 'none';
  const list = (shown: Record<string, string>) => Object.entries(shown).map(([name, path]) => ({ name, path }));
  const trainee = { home: '/home', course: '/course', hours: '/hours', evaluations: '/evaluations', certificate: '/certificate', account: '/account', pin: '/pin' };
  return {
    visitor: {
      account: null,
      shown: list({
        landing: '/', 'sign-in': '/login', 'sign-in by card': '/login/card', 'sign-in by code': '/login/code', help: '/help', 'help card': '/help/card', privacy: '/privacy',
        accessibility: '/accessibility', verify: '/verify', 'verify by number': `/verify?q=${number}`, 'verify valid': `/verify/${code('issue', 'revoke')}`,
        'verify revoked': `/verify/${code('revoke', 'reinstate')}`, 'verify unknown': '/verify/00000000000000000000000000', 'not found': '/nothing-here',
      }),
    },
    'trainee who studies': {
      account: DEMO.studying,
      shown: list({ ...trainee, 'lesson done': '/course/m4-l1/1', 'lesson open': '/course/m4-l4/1', 'lesson part 2': '/course/m4-l4/2', 'lesson in person': `/course/${inPerson}/1`, forbidden: '/staff' }),
    },
    'trainee who began': { account: DEMO.begun, shown: list({ home: '/home', course: '/course', hours: '/hours', evaluations: '/evaluations', certificate: '/certificate' }) },
    'trainee with a certificate': { account: DEMO.certified, shown: list({ home: '/home', hours: '/hours', 'dispute an entry': '/hours/dispute/1', 'something is missing': '/hours/dispute/0', evaluations: '/evaluations', certificate: '/certificate', result: `/attempts/${result}/result` }) },
    judge: { account: DEMO.judge, shown: list({ grading: '/grading', meetings: '/meetings', 'roll confirmed': `/meetings/${meeting(1)}`, content: '/author', 'content of a module': '/author/modules/m4', 'question editor': `/author/drafts/${draft('draft')}`,
        'compare texts': `/author/drafts/${draft('in-review')}/compare`, 'review of a text': `/author/drafts/${draft('in-review')}/review`, norms: '/author/norms?q=Ley+28970', account: '/account' }) },
    staff: {
      account: DEMO.staff,
      shown: list({
        home: '/staff', cohort: `/staff/cohorts/${cohort}`, search: `/staff/cohorts/${cohort}?q=zzz`, 'trainee ready': `/staff/enrolments/${enrolment(DEMO.ready)}`,
        'trainee who studies': `/staff/enrolments/${enrolment(DEMO.studying)}`, 'add a person': '/staff/people', 'hours by district': '/staff/hours', adjustments: `/staff/enrolments/${enrolment(DEMO.studying)}/hours`,
        evidence: '/staff/evidence', disputes: '/staff/disputes', releases: '/staff/releases',
        certificates: '/staff/certificates', certificate: `/staff/certificates/${number}`, 'certificate revoked': `/staff/certificates/${revoked}`,
      }),
    },
    auditor: { account: DEMO.auditor, shown: list({ home: '/audit', sample: '/audit/sample', 'sample drawn': '/audit/sample?seed=uno&number=3&from=', ledger: `/audit/enrolments/${enrolment(DEMO.certified)}` }) },
    admin: { account: DEMO.admin, shown: list({ home: '/admin', search: '/admin?q=zzz', account: '/account' }) },
  };
}
