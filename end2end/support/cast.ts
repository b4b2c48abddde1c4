import { expect, type Page } from '@playwright/test';
import type { Orienta } from './orienta';

/** Who signs in with a document and a password. */
export type Desk = { name: string; number: string; secret: string };
/** Who studies; ids as the database writes them in `hex()`. */
export type Trainee = { name: string; surname: string; number: string; person: string; enrolment: string };

const SECRET = 'camino-de-herradura';
const LIMA = 'America/Lima';

let people = 0;
const number = () => String(41_000_000 + ++people);

/** Somebody with a desk. */
export function desk(orienta: Orienta, role: 'judge' | 'staff' | 'auditor' | 'admin', given: string, paternal: string): Desk & { person: string } {
  const desk = { name: `${given} ${paternal}`, number: number(), secret: SECRET };
  const who = ['--given-names', given, '--paternal-surname', paternal, '--number', desk.number, '--role', role];
  return { ...desk, person: orienta.cliWith(SECRET, 'people', 'add', ...who, '--secret-stdin') };
}

/** A cohort of the sample programme with a judge and two of staff: who verifies does not issue. */
export class Cast {
  readonly judge;
  readonly verifier;
  readonly issuer;
  readonly cohort: string;
  readonly title = 'Cohorte de Lamas';
  readonly district = 'Corte Superior de Justicia de San Martín';

  constructor(private readonly orienta: Orienta) {
    this.judge = desk(orienta, 'judge', 'Julio', 'Paredes');
    this.verifier = desk(orienta, 'staff', 'Silvia', 'Cárdenas');
    this.issuer = desk(orienta, 'staff', 'Carmen', 'Villacorta');
    const what = ['--programme', 'muestra', '--title', this.title, '--district', 'san-martin', '--at', 'Lamas'];
    this.cohort = orienta.cli('people', 'cohort', ...what, '--from', day(-7), '--to', day(30), '--judge', this.judge.person);
  }

  /** A trainee who never signed in. */
  trainee(given = 'Ñusta Rosa', paternal = 'Tuanama', maternal = 'Sangama'): Trainee {
    const name = ['--given-names', given, '--paternal-surname', paternal, '--maternal-surname', maternal];
    const document = number();
    const person = this.orienta.cli('people', 'add', ...name, '--number', document, '--birth-date', '1984-03-14', '--role', 'trainee');
    const enrolment = this.orienta.cli('people', 'enrol', '--person', person, '--cohort', this.cohort);
    return { name: `${given} ${paternal} ${maternal}`, surname: paternal, number: document, person, enrolment };
  }

  /** A code that the office reads to her. */
  code(trainee: Trainee): string {
    return this.orienta.cli('people', 'code', '--person', trainee.person);
  }
}

/** An id as `hex()` of the database writes it. */
export const hex = (id: string) => id.replaceAll('-', '').toUpperCase();

/** Today in Lima, and days from it: `2026-11-23`. */
export function day(offset = 0): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: LIMA }).format(Date.now() + offset * 86_400_000);
}

/** A moment in Lima as the fields of a form take it. */
export function moment(at: number): { date: string; time: string } {
  const [date = '', time = ''] = new Intl.DateTimeFormat('sv-SE', { timeZone: LIMA, dateStyle: 'short', timeStyle: 'short' }).format(at).split(' ');
  return { date, time };
}

/** Signs in with document and password. */
export async function signIn(page: Page, who: { number: string; secret: string }): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('Número de documento').fill(who.number);
  await page.getByLabel('Contraseña').fill(who.secret);
  await page.getByRole('button', { name: 'Ingresar' }).click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Ingresar');
}

/** Signs in for the first time, or on another phone: with a code, and with a PIN of her own. */
export async function enter(page: Page, trainee: Trainee, code: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('main').getByRole('link', { name: 'Ingresar' }).click();
  await page.getByRole('link', { name: 'Con un código' }).click();
  await page.getByLabel('Número de documento').fill(trainee.number);
  await page.getByLabel('Código', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Ingresar' }).click();
  if (new URL(page.url()).pathname === '/pin') await choosePin(page);
  await expect(page).toHaveURL('/home');
}

async function choosePin(page: Page): Promise<void> {
  const pin = '508264';
  await page.getByLabel('PIN nuevo', { exact: true }).fill(pin);
  await page.getByLabel('El mismo PIN, otra vez').fill(pin);
  await page.getByRole('button', { name: 'Guardar mi PIN' }).click();
}
