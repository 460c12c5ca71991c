import type { SmsServices } from '../sms/smsServices.ts';
import type { CallControl } from './callControl.ts';
import type { CallIndex, CallRef, RecordingSource, RecordingStore } from './recordings.ts';

/** Milliseconds. */
export interface CallSettings {
  /** How long one process may take to carry a command out. */
  readonly lease: number;
  /** How long to wait for the provider's answer to one; less than half the lease. */
  readonly deadline: number;
  /** How long after it began a ring can still be answered. */
  readonly ring: number;
  /** How long a call that we make may ring. */
  readonly ringOut: number;
  /** How often somebody looks whether a call still goes on. */
  readonly watchEvery: number;
  /** After so long without an event the provider is asked whether the call still stands. */
  readonly quiet: number;
  /** Whether the provider can speak and understand. */
  readonly speech: boolean;
}

/** Everything the call use cases reach the world through; a call may send texts. */
export interface CallServices extends SmsServices {
  readonly calls: CallControl;
  readonly callIndex: CallIndex;
  readonly recordings: RecordingStore;
  readonly recordingSource: RecordingSource;
  readonly callSettings: CallSettings;
  /** Where the provider reaches us. */
  readonly addresses: {
    /** For the events of one call; a secret is in it. */
    callback(call: CallRef): string;
    /** Of a file in the folder `prompts`. */
    prompt(file: string): string;
  };
}
