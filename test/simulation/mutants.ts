import { mutantsOfConsent } from './mutants/ofConsent.ts';
import { mutantsOfErasure } from './mutants/ofErasure.ts';
import { mutantsOfFlags } from './mutants/ofFlags.ts';
import { mutantsOfSending } from './mutants/ofSending.ts';
import { mutantsOfStorage } from './mutants/ofStorage.ts';
import { mutantsOfWakes } from './mutants/ofWakes.ts';

/** What each rule of the protocol is for, told by what happens without it. */
export const mutants = {
  ...mutantsOfStorage,
  ...mutantsOfSending,
  ...mutantsOfWakes,
  ...mutantsOfConsent,
  ...mutantsOfErasure,
  ...mutantsOfFlags,
};
