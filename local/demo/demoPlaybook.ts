import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How the demo's telephone is answered: in the words of the shipped playbook, and at any hour. */
const calls = {
  start: 'welcome',
  steps: {
    welcome: {
      menu: {
        prompt: 'Hello, this is {{business}}. For our address as a text, press 1. To leave a message, press 2.',
        again: 'Sorry, I did not get that. Press 1 for our address by text, or 2 to leave a message.',
        choices: [
          { key: '1', go: 'address' },
          { key: '2', go: 'message' },
        ],
        seconds: 60,
        otherwise: 'message',
      },
    },
    address: { text: '{{business}}, 214 Juniper Street, next to the library: https://example.com/map', go: 'sent' },
    sent: { hangUp: 'We have just sent you a text with our address. Goodbye!' },
    message: {
      voicemail: { prompt: 'Please leave a message after the tone. Press any key when you are done.', seconds: 90 },
      go: 'thanks',
    },
    thanks: { hangUp: 'Thank you. We will get back to you. Goodbye!' },
  },
};

/** Writes `playbook` with the demo's calls into the folder, its prompts beside it; returns the file's path. */
export function demoPlaybook(playbook: string, directory: string): string {
  const file = join(directory, 'playbook.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(playbook, 'utf8')), calls }, undefined, 2));
  cpSync(join(dirname(playbook), 'prompts'), join(directory, 'prompts'), { recursive: true });
  return file;
}
