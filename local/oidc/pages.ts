import { html } from 'hono/html';
import type { People } from './people.ts';

const style = html`<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 28rem; margin: 3rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff }
  fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: .5rem }
  legend { padding: 0; margin-bottom: .5rem }
  button { font: inherit; text-align: left; padding: .6rem .8rem; border: 1px solid #767676; border-radius: .3rem; background: #fff; color: inherit; cursor: pointer }
  button:hover { background: #f0f0f0 } button:focus-visible { outline: 3px solid #0b57d0; outline-offset: 1px }
  small { display: block; color: #595959 }
</style>`;

type Html = ReturnType<typeof html>;

const page = (title: string, content: Html) => html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${style}</head>
<body><main><h1>${title}</h1>${content}</main></body>
</html>`;

interface Choice {
  readonly people: People;
  readonly clientId: string;
  /** What the browser came with, which the choice is sent on with. */
  readonly query: string;
  /** Who is meant, and stands first. */
  readonly hinted: string | undefined;
}

/** Where somebody picks who they are. */
export function signInPage({ people, clientId, query, hinted }: Choice) {
  const names = Object.keys(people).toSorted((a, b) => Number(b === hinted) - Number(a === hinted));
  const buttons = names.map((name) => {
    const { subject, name: called = subject, roles } = people[name] ?? { subject: name, roles: [] };
    const focus = name === hinted ? html` autofocus` : '';
    return html`<button name="person" value="${name}"${focus}>${called}<small>${subject}, ${roles.join(' and ') || 'no role'}</small></button>`;
  });
  return page(
    'Sign in',
    html`<form method="post" action="/authorize${query}"><fieldset><legend>${clientId} asks who you are. This is a local world: pick anybody.</legend>
${buttons}<button name="cancel" value="yes">Cancel</button></fieldset></form>`,
  );
}

/** One sentence for whoever sits there. */
export const messagePage = (title: string, message: string) => page(title, html`<p>${message}</p>`);
