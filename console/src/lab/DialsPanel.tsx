import { useCallback, useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import type { Dials, LabApi } from './adminApi.ts';
import { type Dial, dialsIn, type Preset, patchOf, presets } from './presets.ts';

/** Every fault of the world by its dial, and named states of many at once. */
export function DialsPanel({ api }: { readonly api: LabApi }) {
  const [dials, setDials] = useState<Dials>({});
  const [fault, setFault] = useState<string>();
  const [now, setNow] = useState<string>();
  const change = useCallback(
    async (patch: object) => {
      try {
        setDials(await api.change(patch));
        setFault(undefined);
      } catch (error) {
        setFault(error instanceof Error ? error.message : String(error));
      }
    },
    [api],
  );
  useEffect(() => {
    api.dials().then(setDials, (error: Error) => setFault(error.message));
  }, [api]);
  const take = async ({ name, patch, lasts }: Preset) => {
    setNow(name);
    await change(patch);
    if (lasts === undefined) return;
    await new Promise((resolve) => setTimeout(resolve, lasts));
    setNow(undefined);
    await change(presets[0]?.patch ?? {});
  };
  const groups = Map.groupBy(dialsIn(dials), ({ way }) => (way.length === 1 ? 'world' : (way[0] ?? '')));
  return (
    <div className="lab-dials">
      <ul className="lab-presets" aria-label="Presets">
        {presets.map((preset) => (
          <li key={preset.name}>
            <Button className={now === preset.name ? 'preset preset-now' : 'preset'} onPress={() => void take(preset)}>
              <strong>{preset.name}</strong>
              <span>{preset.says}</span>
            </Button>
          </li>
        ))}
      </ul>
      {fault !== undefined && (
        <p className="lab-error" role="alert">
          {fault}
        </p>
      )}
      {[...groups].map(([group, all]) => (
        <fieldset key={group}>
          <legend>{group}</legend>
          {all.map((dial) => (
            <DialField key={dial.way.join('.')} dial={dial} change={change} />
          ))}
        </fieldset>
      ))}
    </div>
  );
}

interface DialFieldProps {
  readonly dial: Dial;
  readonly change: (patch: object) => Promise<void>;
}

function DialField({ dial: { way, value }, change }: DialFieldProps) {
  const name = way.slice(way.length > 1 ? 1 : 0).join('.');
  if (typeof value === 'boolean')
    return (
      <label className="dial">
        <span>{name}</span>
        <input type="checkbox" checked={value} onChange={(event) => void change(patchOf(way, event.target.checked))} />
      </label>
    );
  const typed = (text: string): unknown => (typeof value === 'number' ? Number(text) : text);
  return (
    <label className="dial">
      <span>{name}</span>
      <input
        key={String(value)}
        type={typeof value === 'number' ? 'number' : 'text'}
        step="any"
        defaultValue={String(value)}
        onBlur={({ target }) => {
          if (target.value !== String(value)) void change(patchOf(way, typed(target.value)));
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
    </label>
  );
}
