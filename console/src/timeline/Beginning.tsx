import { type RefObject, useEffect, useRef } from 'react';
import { Button } from 'react-aria-components';

interface BeginningProps {
  readonly list: RefObject<HTMLElement | null>;
  readonly more: boolean;
  /** What stands there now: when it changes, it may be that there is still room. */
  readonly first: string | undefined;
  readonly older: () => Promise<void>;
  readonly fault: string | undefined;
}

/** Pixels before the upper edge at which older ones are read. */
const ahead = '300px';

/** Reads older ones as it comes near, unless that has just failed. */
export function Beginning({ list, more, first, older, fault }: BeginningProps) {
  const place = useRef<HTMLLIElement>(null);
  const latest = useRef(older);
  latest.current = older;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that was read is a reason to look again
  useEffect(() => {
    if (!more || fault !== undefined || place.current === null) return;
    const near = new IntersectionObserver(([seen]) => seen?.isIntersecting && void latest.current(), {
      root: list.current,
      rootMargin: `${ahead} 0px 0px 0px`,
    });
    near.observe(place.current);
    return () => near.disconnect();
  }, [more, first, fault, list]);
  return (
    <li ref={place} className="beginning quiet">
      {!more && 'The conversation begins here.'}
      {more && fault === undefined && 'Reading older ones…'}
      {more && fault !== undefined && (
        <>
          <span role="alert">{fault}</span> <Button onPress={() => void older()}>Read older ones</Button>
        </>
      )}
    </li>
  );
}
