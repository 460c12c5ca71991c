import { useEffect, useState } from 'react';
import type { Api, Template } from '../api/client.ts';

interface TemplatesProps {
  readonly api: Api;
  /** Puts a text where the caret is. */
  readonly insert: (text: string) => void;
}

/** Texts to start from, if the playbook has some. One that is picked goes into what is being written, and is not sent. */
export function Templates({ api, insert }: TemplatesProps) {
  const [templates, setTemplates] = useState<readonly Template[]>([]);
  useEffect(() => {
    // Without them one writes as before; the next conversation asks again.
    void api.templates().then(setTemplates, () => {});
  }, [api]);
  if (templates.length === 0) return null;
  return (
    <select
      aria-label="Insert a template"
      className="composer-templates"
      value=""
      onChange={(event) => {
        const picked = templates.find(({ name }) => name === event.target.value);
        if (picked !== undefined) insert(picked.text);
      }}
    >
      <option value="">Insert a template…</option>
      {templates.map(({ name }) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  );
}
