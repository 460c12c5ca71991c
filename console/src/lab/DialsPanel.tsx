import { useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useEvery } from '../app/useEvery.ts';
import type { DialSchema, Dials, LabApi, Passing } from './adminApi.ts';
import { DialField } from './DialField.tsx';
import { groupsOf } from './dials.ts';
import { isOn, type Preset, presets, well } from './presets.ts';
import { clock } from './times.ts';
import { useAttempt } from './useAttempt.tsx';

interface Turned {
  readonly schema: DialSchema;
  readonly values: Dials;
  readonly passing: readonly Passing[];
}

const every = 1_000;

/** Every fault of the world by its dial, and named states of many at once. The world itself ends what lasts a while only. */
export function DialsPanel({ api }: { readonly api: LabApi }) {
  const [turned, setTurned] = useState<Turned>();
  const look = async () => {
    const [schema, values, passing] = await Promise.all([
      turned?.schema ?? api.dialsSchema(),
      api.dials(),
      api.passing(),
    ]);
    setTurned({ schema, values, passing });
  };
  useEvery(every, look, '');
  const { attempt, fault } = useAttempt(() => void look().catch(() => {}));
  if (turned === undefined) return <p className="lab-hint">Opening…</p>;
  const groups = groupsOf(turned.schema, turned.values);
  const dials = groups.flatMap((group) => group.dials);
  const take = async ({ patch, for: seconds }: Preset) => {
    await api.change(well);
    await api.change(patch, seconds);
  };
  const change = async (patch: object) => {
    await api.change(patch);
    await look();
  };
  return (
    <div className="lab-dials">
      <ul className="lab-presets" aria-label="Presets">
        {presets.map((preset) => (
          <li key={preset.name}>
            <ToggleButton
              className="preset"
              isSelected={isOn(preset, dials)}
              onChange={() => void attempt(() => take(preset))}
            >
              <strong>{preset.name}</strong>
              <span>{preset.says}</span>
            </ToggleButton>
          </li>
        ))}
      </ul>
      {fault}
      {turned.passing.map(({ dials: some, until }) => (
        <p key={`${until} ${some.join()}`} role="status">
          Until {clock(until)}: {some.join(', ')}
        </p>
      ))}
      {groups.map(({ name, words, dials: some }) => (
        <fieldset key={name}>
          <legend>{name}</legend>
          {words !== '' && <p className="quiet">{words}</p>}
          {some.map((dial) => (
            <DialField key={dial.way.join('.')} dial={dial} change={change} />
          ))}
        </fieldset>
      ))}
    </div>
  );
}
