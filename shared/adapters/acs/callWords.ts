import type { FileSource, SsmlSource, TextSource } from '@azure/communication-call-automation';
import type { CommunicationUserIdentifier, PhoneNumberIdentifier } from '@azure/communication-common';
import type { Spoken } from '../../calls/callControl.ts';

/** A number, or a user identity, as the SDK wants it. */
export const identifierOf = (who: string): PhoneNumberIdentifier | CommunicationUserIdentifier =>
  who.startsWith('8:') ? { communicationUserId: who } : { phoneNumber: who };

export function sourceOf(spoken: Spoken): FileSource | TextSource | SsmlSource {
  switch (spoken.type) {
    case 'file':
      return { kind: 'fileSource', url: spoken.url };
    case 'ssml':
      return { kind: 'ssmlSource', ssmlText: spoken.ssml };
    case 'text': {
      const { text, language, voice } = spoken;
      // A voice speaks its own language.
      return { kind: 'textSource', text, ...(voice === undefined ? { sourceLocale: language } : { voiceName: voice }) };
    }
  }
}
