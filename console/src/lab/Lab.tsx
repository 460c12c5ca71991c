import { useCallback, useMemo, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { labApi } from './adminApi.ts';
import { DialsPanel } from './DialsPanel.tsx';
import { EventsPanel } from './EventsPanel.tsx';
import { PhonesPanel } from './PhonesPanel.tsx';
import { SentPanel } from './SentPanel.tsx';
import { StoryPanel } from './StoryPanel.tsx';
import type { TimelineOf } from './story.ts';
import { usePolled } from './usePolled.ts';
import { readWorld } from './world.ts';
import './lab.css';

export interface LabProps {
  /** The address of the local world, without a slash at its end. */
  readonly world: string;
  /** The timeline between two numbers, where the reader may see it: stories are told with it. */
  readonly timelineOf?: TimelineOf;
}

/** Milliseconds; a world on the same machine. */
const every = 700;

/** The developer's telephones and controls, beside the app as an agent sees it. */
export default function Lab({ world: address, timelineOf }: LabProps) {
  const api = useMemo(() => labApi(address), [address]);
  const read = useCallback(() => readWorld(api), [api]);
  const { value: world, error, again } = usePolled(read, every);
  const [tab, setTab] = useState<string>('phones');
  return (
    <section className="lab" aria-label="Local world">
      {error !== undefined && (
        <p className="lab-error" role="alert">
          The local world does not answer: {error}
        </p>
      )}
      <Tabs selectedKey={tab} onSelectionChange={(key) => setTab(String(key))} className="lab-tabs">
        <TabList aria-label="What to look at" className="lab-tablist">
          <Tab id="phones">Phones</Tab>
          <Tab id="events">Events</Tab>
          <Tab id="sent">Sent</Tab>
          <Tab id="story">A text’s story</Tab>
          <Tab id="dials">What goes wrong</Tab>
        </TabList>
        {world !== undefined && (
          <>
            <TabPanel id="phones">
              <PhonesPanel api={api} world={world} again={again} />
            </TabPanel>
            <TabPanel id="events">
              <EventsPanel api={api} world={world} again={again} />
            </TabPanel>
            <TabPanel id="sent">
              <SentPanel world={world} />
            </TabPanel>
            <TabPanel id="story">
              <StoryPanel world={world} timelineOf={timelineOf} />
            </TabPanel>
            <TabPanel id="dials">
              <DialsPanel api={api} />
            </TabPanel>
          </>
        )}
      </Tabs>
    </section>
  );
}
