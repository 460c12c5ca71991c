import type { CallScript } from '../../shared/playbook/callScript.ts';
import { parsePlaybook } from '../../shared/playbook/playbook.ts';

export const file = {
  business: { name: 'Bakery', timeZone: 'America/Los_Angeles' },
  hours: { week: { monday: '09:00-17:00' } },
  sms: { rules: [] },
  calls: {
    start: 'welcome',
    missedText: 'Sorry we missed you.',
    outbound: { reminder: 'remind' },
    steps: {
      welcome: {
        menu: {
          prompt: 'Press 1 for hours, 2 for a link, 3 for a person, 4 to leave a message.',
          again: 'Sorry?',
          choices: [
            { key: '1', phrases: ['hours'], go: 'hours' },
            { key: '2', go: 'link' },
            { key: '3', phrases: ['a person'], go: 'person' },
            { key: '4', go: 'message' },
            { key: '5', go: 'order' },
            { key: '6', go: 'when' },
          ],
          otherwise: 'message',
        },
      },
      hours: { say: 'Nine to five.', go: 'welcome' },
      link: { text: 'Our menu: https://example.com', go: 'bye' },
      bye: { hangUp: 'Goodbye.' },
      person: { transfer: { to: '+14255550199', prompt: 'One moment.', otherwise: 'message' } },
      message: { voicemail: { prompt: 'Please leave a message.', seconds: 60 }, go: 'thanks' },
      thanks: { say: { file: 'thanks.wav' } },
      order: { ask: { prompt: 'Your order number?', digits: 4, otherwise: 'message' }, go: 'bye' },
      when: { hours: { open: 'person', closed: 'message' } },
      remind: { say: 'Your order is ready.', go: 'over' },
      over: { hangUp: true },
    },
  },
};

const playbook = parsePlaybook(file);
export const script: CallScript = playbook.calls!;
