import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { ApiError } from '../api/client.ts';
import { faultOf } from './advice.ts';
import { lengthOf } from './words.ts';

interface VoicemailProps {
  readonly load: () => Promise<Blob>;
  readonly seconds: number;
  /** Of the file that a download makes. */
  readonly name: string;
}

const faultOfLoading = (error: unknown): string =>
  error instanceof ApiError && error.code === 'not-found'
    ? 'The recording is no longer there: it was erased, or kept for as long as it was to be.'
    : faultOf(error);

/** Of the button that it takes the place of. */
const takeFocus = (player: HTMLAudioElement | null): void => player?.focus();

/** What was said after the tone: fetched when it is wanted, with the token in a header and in no address. */
export function Voicemail({ load, seconds, name }: VoicemailProps) {
  const [source, setSource] = useState<string>();
  const [loading, setLoading] = useState(false);
  const [fault, setFault] = useState<string>();
  useEffect(
    () => () => {
      if (source !== undefined) URL.revokeObjectURL(source);
    },
    [source],
  );
  if (source !== undefined)
    return (
      <p className="voicemail">
        {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said */}
        <audio ref={takeFocus} controls autoPlay src={source} aria-label={`Voicemail of ${lengthOf(seconds)}`} />
        <a href={source} download={name}>
          Download
        </a>
      </p>
    );
  const play = async () => {
    setLoading(true);
    setFault(undefined);
    try {
      setSource(URL.createObjectURL(await load()));
    } catch (error) {
      setFault(faultOfLoading(error));
    }
    setLoading(false);
  };
  return (
    <>
      <Button isPending={loading} onPress={() => void play()}>
        Play the voicemail ({lengthOf(seconds)})
      </Button>
      {fault !== undefined && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
    </>
  );
}
