import { useState } from 'react';
import { Button } from 'react-aria-components';
import { type ConsoleConfig, signIn } from '../auth/session.ts';

/** Leaves for the sign-in and comes back to this place; says so where it cannot. */
export function SignIn({ config }: { readonly config: ConsoleConfig }) {
  const [failed, setFailed] = useState(false);
  const go = () => {
    setFailed(false);
    signIn(config).catch(() => setFailed(true));
  };
  return (
    <>
      <Button className="primary" onPress={go}>
        Sign in
      </Button>
      {failed && <span role="alert">The sign-in cannot be reached. Look at the connection, and try again.</span>}
    </>
  );
}
