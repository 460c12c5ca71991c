import { useMemo, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { Api } from '../api/client.ts';
import { labApi } from './adminApi.ts';
import { DialsPanel } from './DialsPanel.tsx';
import { EventsPanel } from './EventsPanel.tsx';
import { GivenUpPanel } from './GivenUpPanel.tsx';
import { PhonesPanel } from './PhonesPanel.tsx';
import { SentPanel } from './SentPanel.tsx';
import { StoryPanel } from './StoryPanel.tsx';
import { useWorld } from './useWorld.ts';
import type { PanelProps } from './world.ts';
import './lab.css';

export interface LabProps {
  /** The address of the local world, without a slash at its end. */
  readonly world: string;
  /** The app, as whoever is signed in may use it. */
  readonly app: Api;
}

const panels = [
  { id: 'phones', name: 'Phones', show: (props: PanelProps) => <PhonesPanel {...props} /> },
  { id: 'events', name: 'Events', show: (props: PanelProps) => <EventsPanel {...props} /> },
  { id: 'given-up', name: 'Given up', show: (props: PanelProps) => <GivenUpPanel {...props} /> },
  { id: 'sent', name: 'Sent', show: (props: PanelProps) => <SentPanel world={props.world} /> },
  { id: 'story', name: 'Story', show: (props: PanelProps) => <StoryPanel {...props} /> },
  { id: 'dials', name: 'What goes wrong', show: (props: PanelProps) => <DialsPanel api={props.api} /> },
] as const;

const first = 'phones';

/** The tab that the address names after its `#`, so that it outlives a reload. */
const named = (): string => panels.find(({ id }) => `#${id}` === location.hash)?.id ?? first;

/** The developer's telephones and controls, beside the app as an agent sees it. */
export default function Lab({ world: address, app }: LabProps) {
  const api = useMemo(() => labApi(address), [address]);
  const [tab, setTab] = useState(named);
  const { world, error, again } = useWorld(api, tab === 'phones' || tab === 'story');
  const open = (id: string) => {
    setTab(id);
    history.replaceState(history.state, '', `#${id}`);
  };
  return (
    <section className="lab" aria-label="Local world">
      {error !== undefined && (
        <p className="lab-error" role="alert">
          The local world does not answer: {error}
        </p>
      )}
      <Tabs selectedKey={tab} onSelectionChange={(key) => open(String(key))} className="lab-tabs">
        <TabList aria-label="What to look at" className="lab-tablist">
          {panels.map(({ id, name }) => (
            <Tab key={id} id={id}>
              {name}
            </Tab>
          ))}
        </TabList>
        {world !== undefined &&
          panels.map(({ id, show }) => (
            <TabPanel key={id} id={id}>
              {show({ api, app, world, again })}
            </TabPanel>
          ))}
      </Tabs>
    </section>
  );
}
