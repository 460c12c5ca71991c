import { type ReactNode, useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { faultOf } from './advice.ts';

interface AskProps {
  readonly open: boolean;
  readonly close: () => void;
  readonly title: string;
  /** What is done, in a word or two, and what leaves everything as it is. */
  readonly yes: string;
  readonly no: string;
  readonly act: () => Promise<void>;
  /** What will have happened. */
  readonly children: ReactNode;
}

/** Asks before something that cannot be taken back; done once, however often it is pressed, and closed when it is done. */
export function AskDialog({ open, close, title, yes, no, act, children }: AskProps) {
  const [acting, setActing] = useState(false);
  const [fault, setFault] = useState<string>();
  const go = async () => {
    setActing(true);
    setFault(undefined);
    try {
      await act();
      close();
    } catch (error) {
      setFault(faultOf(error));
    }
    setActing(false);
  };
  const leave = () => {
    setFault(undefined);
    close();
  };
  return (
    <ModalOverlay isOpen={open} onOpenChange={(stays) => !stays && leave()} className="overlay">
      <Modal className="modal">
        <Dialog role="alertdialog">
          <Heading slot="title">{title}</Heading>
          {children}
          {fault !== undefined && (
            <p className="fault" role="alert">
              {fault}
            </p>
          )}
          <div className="modal-acts">
            <Button onPress={leave} autoFocus>
              {no}
            </Button>
            {/* Pending, and not disabled: that would take the focus, and with it Escape. */}
            <Button className="danger" isPending={acting} onPress={() => void go()}>
              {yes}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
