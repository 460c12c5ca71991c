import { randomUUID } from 'node:crypto';
import type { Logger } from '../../shared/core/logger.ts';
import type { Exchange } from './exchange.ts';
import { invitation, type Offer, type Reply, readReply } from './handshake.ts';
import { notice, type Outages } from './outages.ts';
import { handshake } from './rules.ts';
import { type Subscription, shownEndpoint } from './subscription.ts';
import type { Timers } from './timers.ts';

/** Brings one subscription to the point where it gets events: asks its endpoint until it agrees. */
export interface Admission {
  begin(): void;
  /** Somebody fetched the validation address; true if this code was asked for and is still good. */
  validate(code: string): boolean;
  isAsking(): boolean;
  close(): void;
}

export interface AdmissionParts {
  readonly subscription: Subscription;
  readonly topic: string;
  readonly timers: Timers;
  readonly log: Logger;
  readonly exchange: Exchange;
  readonly outages: Outages;
  /** The address for validating by hand, for a code; `undefined` where nobody serves it. */
  readonly validationUrl: (code: string) => string | undefined;
  readonly onAdmitted: () => void;
  readonly onChange: () => void;
}

export function createAdmission(parts: AdmissionParts): Admission {
  const { subscription, timers, log, outages } = parts;
  const failing = `handshake ${subscription.name}`;
  let phase: 'idle' | 'asking' | 'pausing' | 'over' = 'idle';
  let open: { readonly code: string; readonly until: number } | undefined;
  let timer: unknown;

  async function ask(): Promise<void> {
    phase = 'asking';
    const offer = newOffer(parts);
    open = { code: offer.code, until: timers.now() + handshake.byHandWithin };
    const answer = await parts.exchange(invitation(subscription, offer));
    if (phase !== 'asking') return;
    phase = 'pausing';
    const isOutage = notice(outages, subscription, answer);
    hear(readReply(subscription, offer, answer), offer, isOutage);
    parts.onChange();
  }

  function hear(reply: Reply, { validationUrl }: Offer, isOutage: boolean): void {
    switch (reply.type) {
      case 'admitted':
        admit();
        break;
      case 'by-hand':
        askAgainIn(handshake.byHandWithin);
        log('info', 'eventgrid.awaiting-validation', {
          message: `${subscription.name} waits for somebody to GET ${validationUrl} within 5 minutes.`,
        });
        break;
      case 'refused':
        askAgainIn(handshake.againAfter);
        if (!isOutage) outages.begin(failing, refusal(subscription, reply.problem));
    }
  }

  function askAgainIn(ms: number): void {
    timer = timers.setTimeout(() => void ask(), ms);
  }

  function admit(): void {
    phase = 'over';
    timers.clearTimeout(timer);
    outages.end(failing, `${subscription.name} passed the handshake.`);
    log('info', 'eventgrid.subscribed', { subscription: subscription.name, endpoint: shownEndpoint(subscription) });
    parts.onAdmitted();
  }

  return {
    begin: () => void ask(),
    validate(code) {
      if (phase === 'over' || open?.code !== code || timers.now() > open.until) return false;
      admit();
      parts.onChange();
      return true;
    },
    isAsking: () => phase === 'asking',
    close() {
      phase = 'over';
      timers.clearTimeout(timer);
    },
  };
}

function newOffer({ topic, timers, validationUrl }: AdmissionParts): Offer {
  const code = randomUUID();
  return { code, topic, at: new Date(timers.now()).toISOString(), validationUrl: validationUrl(code) };
}

const refusal = (subscription: Subscription, problem: string): string =>
  `The endpoint of ${subscription.name}, ${shownEndpoint(subscription)}, failed the handshake: ${problem}. Its events are kept, and it is asked again every second.`;
