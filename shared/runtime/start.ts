import { app } from '@azure/functions';
import { services } from './services.ts';

/** Faults in the settings or the playbook stop the start, all of them named, instead of failing the first event. */
app.hook.appStart(() => {
  services();
});
