import { expect, type BrowserContext, type Page } from '@playwright/test';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAMPLE } from './orienta';

/** Something that must never act; `acts` by itself where a page holds it as it stands. */
export type Payload = { name: string; text: string; acts: boolean };

/** The payloads of `curriculum/tests/hostile.txt`, which the tests of the renderer read too. */
export function payloads(): Payload[] {
  const file = readFileSync(new URL('../../curriculum/tests/hostile.txt', import.meta.url), 'utf8');
  const [, ...blocks] = file.split(/^%%/m);
  return blocks.map((block) => {
    const end = block.indexOf('\n');
    const text = block.slice(end + 1).replace(/\{U\+([0-9A-F]+)\}/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16)));
    return { name: block.slice(0, end).replace(/^!? /, ''), text: text.replace(/\n+$/, ''), acts: block.startsWith('!') };
  });
}

/** All of them in one text, those that act first: what follows them may lie hidden behind an open comment. */
export function everything(): string {
  const [acting, others] = [payloads().filter((p) => p.acts), payloads().filter((p) => !p.acts)];
  return [...acting, ...others].map((p) => p.text).join('\n\n');
}

/** `value` as YAML that holds any character. */
function yaml(value: unknown): string {
  const escaped = (letter: string) => {
    const code = letter.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  };
  return JSON.stringify(value).replace(/[^ -~]/gu, escaped);
}

/** The sample programme with attacks in every text. Lessons whose name is in `without` are left out. */
export function hostileProgramme(without = new Set<string>()): string {
  const folder = mkdtempSync(join(tmpdir(), 'orienta-hostile-'));
  cpSync(SAMPLE, folder, { recursive: true });
  const module = join(folder, 'modules/a');
  mkdirSync(join(module, 'scenarios'));
  const write = (name: string, value: unknown) => writeFileSync(join(folder, name), typeof value === 'string' ? value : yaml(value));
  const all = everything();
  const text = (before = '') => ({ es: `${before}${all}`, en: `${before}${all}` });

  const programme = readFileSync(join(folder, 'programme.yaml'), 'utf8');
  write('programme.yaml', programme.replace('checkpoint_opens_at: 50', 'checkpoint_opens_at: 1').replace(/title: .*/, `title: ${yaml(text())}`));
  const evaluation = readFileSync(join(module, 'module.yaml'), 'utf8');
  write('modules/a/module.yaml', evaluation.replace('seconds: 60', 'seconds: 600').replace(/title: .*/g, `title: ${yaml(text())}`));
  write('glossary.yaml', [{ id: 'denuncia', word: { es: 'denuncia' }, definition: text() }]);
  write('services.yaml', [{ id: 'pnp', number: '105', name: text(), note: text(), checked: '2026-10-15', frame: true }]);
  // Characters that nobody sees are refused in a file that is read as it is.
  const visible = all.normalize().replace(/(?!\n)[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
  write('help-card.es.md', `# Hoja\n\n${visible}\n`);

  const prompts = payloads().filter((p) => !without.has(p.name));
  const option = (id: string, correct = false) => ({ id, ...(correct && { correct }), text: text(`${id} `), feedback: text(`Comentario ${id} `) });
  const question = (id: string, type: string, more: object) => ({
    id, type, objective: 'a-o1', tags: ['a-uno'], points: 2, reread: { lesson: 'a-l2', part: 'p1' }, prompt: text(`${type} `), ...more,
  });
  write('modules/a/questions/a.yaml', [
    question('a-q1', 'single-choice', { options: [option('a', true), option('b')] }),
    question('a-q2', 'multiple-choice', { options: [option('a', true), option('b', true), option('c')] }),
    question('a-q3', 'true-false', { critical: true, options: [option('a', true), option('b')] }),
    {
      id: 'a-caso', type: 'case', objective: 'a-o1', tags: ['a-caso'], points: 5, minimum_words: 1, prompt: text('Caso '),
      rubric: [{ id: 'r1', title: text(), levels: [{ points: 0, text: text() }, { points: 5, text: text() }] }],
      critical_lines: [{ id: 'k1', text: text() }],
    },
  ]);
  const end = (id: string, outcome: string) => ({ id, text: text(`Fin ${id} `), outcome });
  const choice = (to: string) => ({ to, text: text(`Elegir ${to} `), feedback: text(`Elegiste ${to} `) });
  write('modules/a/scenarios/caso.yaml', {
    id: 'a-s1', title: text(), start: 'n1', nodes: [{ id: 'n1', text: text(), choices: [choice('n2'), choice('n3')] }, end('n2', 'safe'), end('n3', 'unsafe')],
  });

  const front = (id: string, said: string) => {
    const references = [{ norm: said, status: 'to-confirm' }];
    return `---\n${yaml({ id, title: `${id} ${said}`, minutes: 1, mode: 'self-paced', objectives: ['a-o1'], summary: said, content_notice: said, references })}\n---\n`;
  };
  const check = (id: string) => {
    const options = [{ text: `Bien ${all}`, correct: true, feedback: `Correcto ${all}` }, { text: `Mal ${all}`, feedback: `Incorrecto ${all}` }];
    return { id, passage: 'p1', prompt: `¿Qué le dices? ${all}`, options };
  };
  const checkpoint = yaml({ id: 'a-l2-c1', objective: 'a-o1', minutes: 1, questions: ['a', 'b', 'c'].map((n) => check(`a-l2-c1-${n}`)) });
  const body = `# Control {#p1 minutes=1}\n\nUna [[denuncia]].\n\n\`\`\`scenario\na-s1\n\`\`\`\n\n\`\`\`checkpoint\n${checkpoint}\n\`\`\`\n`;
  write('modules/a/lessons/02-gratuito.es.md', `${front('a-l2', all)}${body}`);
  prompts.forEach(({ text }, position) => {
    const id = `h-${position}`;
    const title = /^[^{}`\\\n]+$/.test(text) ? text : 'Texto';
    write(`modules/a/lessons/${String(100 + position)}-h.es.md`, `${front(id, text.replaceAll('\n', ' '))}# ${title} {#p1 minutes=1}\n\nLee hasta el final.\n\n${text}\n`);
  });
  return folder;
}

/** Notices whatever acts in the pages of a browser: calls, dialogs, new windows, requests to other hosts, other addresses. */
export class Detector {
  #hits: string[] = [];

  private constructor(private readonly home: URL) {}

  static async on(context: BrowserContext, home: string): Promise<Detector> {
    const detector = new Detector(new URL(home));
    const hit = (what: string) => void detector.#hits.push(what);
    await context.exposeBinding('__hit', (_, what: string) => hit(what));
    await context.addInitScript(() => {
      const told = (window as unknown as { __hit: (what: string) => void }).__hit;
      for (const name of ['alert', 'confirm', 'prompt', 'print', 'msgbox']) Object.assign(window, { [name]: (said: unknown) => told(`${name}(${said})`) });
    });
    await context.route(
      (url) => url.host !== detector.home.host,
      (route) => (hit(`asked ${route.request().url()}`), route.abort()),
    );
    context.on('dialog', (dialog) => (hit(`dialog ${dialog.message()}`), void dialog.dismiss()));
    context.on('page', (opened) => void opened.opener().then((by) => by && hit(`window ${opened.url()}`)));
    return detector;
  }

  /** What acted since the last call, once the open page had its time to. */
  async hits(page: Page): Promise<string[]> {
    await page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));
    return this.#hits.splice(0);
  }

  /** Opens an address; fails where anything acts, or waits for a click to act. */
  async open(page: Page, path: string, told = path): Promise<void> {
    const response = await page.goto(path);
    expect(response?.status(), told).toBeLessThan(500);
    const there = page.url();
    await this.quiet(page, told);
    expect(page.url(), told).toBe(there);
  }

  /** Fails where the open page holds anything that acts. */
  async quiet(page: Page, told: string): Promise<void> {
    expect(await this.hits(page), told).toEqual([]);
    expect(await harm(page), told).toEqual([]);
  }
}

/** What in the open page could act: handlers, frames, addresses of script, names that hide those of the page. */
export function harm(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walk = (root: ParentNode) => {
      for (const element of root.querySelectorAll('*')) {
        const name = element.localName;
        const isText = element.closest('.prose') !== null;
        if (/^(iframe|frame|object|embed|base|applet|marquee|portal)$/.test(name)) found.push(name);
        if (isText && /^(script|style|link|meta|form|input|button|textarea|select|template|dialog|math|video|audio)$/.test(name)) found.push(name);
        if (name === 'meta' && element.hasAttribute('http-equiv')) found.push('meta');
        for (const { name: attribute, value } of element.attributes) {
          const kind = attribute.replace(/^xlink:/, '').toLowerCase();
          if (/^(on.*|style|srcdoc|srcset|ping|background|formaction|poster)$/.test(kind)) found.push(`${name} ${attribute}`);
          if (isText && kind === 'id' && !/^(h|fn|fnref)-/.test(value)) found.push(`${name} id=${value}`);
          if (!['href', 'src', 'action', 'data'].includes(kind)) continue;
          const { protocol, host } = new URL(value, 'http://wrong.invalid/').protocol === 'http:' ? new URL(value, document.baseURI) : new URL(value);
          if (!['http:', 'https:', 'tel:', 'mailto:'].includes(protocol)) found.push(`${name} ${attribute}=${value}`);
          if (kind !== 'href' && host !== location.host) found.push(`${name} ${attribute}=${value}`);
        }
        if (element.shadowRoot) walk(element.shadowRoot);
        if (element instanceof HTMLTemplateElement) walk(element.content);
      }
    };
    walk(document);
    for (const own of ['getElementById', 'querySelector', 'forms'] as const) {
      if (Object.hasOwn(document, own) || document[own] instanceof Element) found.push(`document.${own}`);
    }
    return found;
  });
}

/** A text as a page shows it, whatever its spaces; a page has no NUL. */
export const seen = (text: string) => text.replace(/[\s\u0000\ufffd\u0085]+/gu, '');
