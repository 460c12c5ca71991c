import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { goTo } from '../app/place.ts';

interface EraseProps {
  readonly open: boolean;
  readonly close: () => void;
  readonly erase: () => Promise<void>;
  readonly who: string;
}

/** What is erased does not come back, so it is asked for twice. */
export function EraseDialog({ open, close, erase, who }: EraseProps) {
  const go = async () => {
    await erase();
    close();
    goTo({ at: 'inbox' });
  };
  return (
    <ModalOverlay isOpen={open} onOpenChange={(stays) => !stays && close()} className="overlay" isDismissable>
      <Modal className="modal">
        <Dialog role="alertdialog">
          <Heading slot="title">Erase this conversation?</Heading>
          <p>
            All texts, calls and recordings with <bdi>{who}</bdi> are erased for good. If they have opted out, that
            stays: the app goes on sending them nothing.
          </p>
          <div className="modal-acts">
            <Button onPress={close} autoFocus>
              Keep it
            </Button>
            <Button className="danger" onPress={() => void go()}>
              Erase
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
